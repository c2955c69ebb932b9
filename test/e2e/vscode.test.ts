import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { fix, screenshot, shared, until } from "./support/editor.ts";
import { copySamples, scratch } from "./support/files.ts";
import { openVsCode } from "./support/vscode.ts";

/* What Galley does in VS Code, through its API. How it looks is in screen.test.ts. */

const home = scratch("vscode");
const code = shared(home, async () => {
  // The first folder of a window can't be changed without restarting its extensions.
  fs.mkdirSync(join(home.folder, "empty"));
  const workspace = join(home.folder, "tests.code-workspace");
  write(workspace, JSON.stringify({ folders: [{ path: "empty" }] }));
  const settings = { "files.autoSaveDelay": 100 };
  return await openVsCode({ scratch: home.folder, workspace, settings, answers: true });
});
const { host } = code;

const read = (path: string) => fs.readFileSync(path, "utf8");
const write = (path: string, text: string) => {
  fs.writeFileSync(path, text);
};

const replace = (path: string, before: string, after: string) => {
  expect(read(path)).toContain(before);
  write(path, read(path).replace(before, after));
};

type Drafts = Readonly<Record<string, string>>;

/** Makes a folder with these drafts, or the samples, none of them open. Returns the paths of its files. */
const make = (drafts: Drafts | "samples", more: Drafts = {}): ((name: string) => string) => {
  const folder = join(home.folder, `news-${++folders}`);
  const path = (name: string) => join(folder, name);
  if (drafts === "samples") copySamples(folder);
  else fs.mkdirSync(folder);
  for (const [name, text] of Object.entries(drafts === "samples" ? more : drafts)) {
    write(path(name), text);
  }
  return path;
};
let folders = 0;

/** Makes a folder and opens it instead of the last test's. */
const open = async (...wanted: Parameters<typeof make>) => {
  const path = make(...wanted);
  await host.show(path(""));
  return path;
};

/** Waits for Galley's question, and makes a choice; without one it is closed. */
const answer = (words: RegExp, choice?: RegExp) => host.answer(words.source, choice?.source);

/** The first row of “Ready to Publish?”. */
const verdict = () => code.page.locator(".customview-tree .monaco-list-row").first().innerText();

/** The entries of the samples in Problems. */
const SAMPLES = [
  "ferry-timetable.md:7 orphaned-fragment",
  "harbour-bridge.md:15 empty-attribution",
  "harbour-bridge.md:19 orphaned-fragment",
  "harbour-bridge.md:25 repeated-block",
  "harbour-bridge.md:29 repeated-elsewhere",
  "library-hours.txt:3 unclosed-quote",
  "library-hours.txt:4 repeated-word",
  "library-hours.txt:5 empty-attribution",
];

const STET = "library-hours.txt:4 repeated-word";

const PASSAGE =
  "Ferry crews who carried passengers across the river during the closure were given the freedom of the town on Friday, at a ceremony that the harbour master called long overdue.";

const gitIn =
  (cwd: string) =>
  (...args: string[]) => {
    const who = ["-c", "user.name=Writer", "-c", "user.email=writer@example.org"];
    execFileSync("git", [...who, ...args], { cwd, stdio: "pipe" });
  };

const commit = (git: ReturnType<typeof gitIn>) => {
  git("add", "--all");
  git("commit", "--quiet", "--message=x");
};

describe("A draft", () => {
  it("loses nothing but the later copy when that is deleted, and no byte until it is saved", async () => {
    const news = await open("samples");
    await host.open("harbour-bridge.md");
    await expect.poll(host.problems).toEqual(SAMPLES);
    const before = read(news("harbour-bridge.md"));
    await fix(host, "harbour-bridge.md", [25, 1], "Delete this copy");
    const elsewhere = "harbour-bridge.md:25 repeated-elsewhere";
    const left = [...SAMPLES.slice(0, 3), elsewhere, ...SAMPLES.slice(5)];
    await expect.poll(host.problems).toEqual(left);
    await expect.poll(() => host.draft("harbour-bridge.md")).toMatchObject({ isDirty: true });
    expect(read(news("harbour-bridge.md"))).toBe(before);

    await host.save("harbour-bridge.md");
    const paragraphs = before.split("\n\n");
    const after = paragraphs.filter((one, index) => paragraphs.indexOf(one) === index);
    expect(after).toHaveLength(paragraphs.length - 2);
    expect(read(news("harbour-bridge.md"))).toBe(after.join("\n\n"));
  });

  it("is ready while it is clean, not with the hole that one edit makes, and is again when that is undone", async () => {
    const news = await open("samples");
    const draft = read(news("apple-fair.md"));
    const line = draft.split("\n").findIndex((one) => one.includes("a new press."));
    const column = draft.split("\n")[line]?.indexOf("press.") ?? 0;
    const hole = `apple-fair.md:${line + 1} orphaned-fragment`;
    await host.open("apple-fair.md");
    await host.start("galley.readyToPublish");
    await expect.poll(verdict).toMatch(/^Nothing found/);
    await host.type(line + 1, column + 1, "press".length, "");
    await expect.poll(host.problems).toContain(hole);
    await expect.poll(verdict).toMatch(/^Not yet: 1 warning/);
    expect(await host.draft("apple-fair.md")).toMatchObject({ isDirty: true });
    expect(read(news("apple-fair.md"))).toBe(draft);

    await host.undo();
    await expect.poll(host.problems).not.toContain(hole);
    await expect.poll(verdict).toMatch(/^Nothing found/);
    const whole = { text: draft, isDirty: false };
    await expect.poll(() => host.draft("apple-fair.md")).toEqual(whole);
  });

  it("leads to its first finding", async () => {
    await open("samples");
    await host.open("harbour-bridge.md");
    await host.start("galley.firstFinding");
    await expect.poll(host.active).toBe("harbour-bridge.md:15");
    await host.open("ferry-timetable.md");
    await host.start("galley.readyToPublish");
    await expect.poll(verdict).toMatch(/^Not yet/);
    await until(code.page.locator(".customview-tree .monaco-list:focus"), async () => {
      await host.start("galley.left.focus");
    });
    // From the keyboard: the verdict has the focus.
    await host.start("list.select");
    await expect.poll(host.active).toBe("ferry-timetable.md:7");
  });

  it("shows nothing during a pause, which the status bar names, and all of it after", async () => {
    await open("samples");
    await host.open("harbour-bridge.md");
    await expect.poll(host.problems).toEqual(SAMPLES);
    await host.start("galley.pause");
    await expect.poll(host.problems).toEqual([]);
    await expect.poll(() => host.lenses()).toEqual([]);
    const item = code.page.locator(".statusbar-item[id$='galley.findings']", { hasText: "paused" });
    await item.waitFor();
    await host.start("galley.readyToPublish");
    await expect.poll(verdict).toMatch(/^Paused until midnight/);
    await screenshot(code.page, "paused");
    await item.locator("a").click();
    await expect.poll(host.problems).toEqual(SAMPLES);
    await expect.poll(verdict).toMatch(/^Not yet/);
  });

  it("opens rules' pages in tabs that stay: from the menu and from Problems", async () => {
    await open("samples");
    await host.open("library-hours.txt");
    await fix(host, "library-hours.txt", [4, 90], "Why?");
    await expect.poll(host.tabs).toContain("repeated-word.md");
    await expect.poll(host.problems).toEqual(SAMPLES);
    // As the link in Problems does.
    await host.start("galley.showRule", "empty-attribution");
    await expect.poll(host.tabs).toContain("empty-attribution.md");
    await host.open("apple-fair.md");
    const pages = ["repeated-word.md", "empty-attribution.md"];
    expect(await host.tabs()).toEqual(["library-hours.txt", ...pages, "apple-fair.md"]);
  });

  it("says above a repeat where the other is, and opens both side by side", async () => {
    await open("samples");
    await host.open("harbour-bridge.md");
    const lenses = expect.arrayContaining(["Repeats line 17", "compare"]) as unknown;
    await expect.poll(() => host.lenses()).toEqual(lenses);
    await host.lenses("compare");
    await expect.poll(host.groups).toBe(2);
  });
});

describe("A paragraph that is being written", () => {
  const ferry = {
    "ferry.md": "The ferry came to to the quay. It was late.\n\nThe harbour master waited.\n",
  };
  const FOUND = "ferry.md:1 repeated-word";

  it("keeps what was found there, has nothing new while the cursor is in it, and what is mended goes", async () => {
    await open(ferry);
    await host.open("ferry.md");
    await expect.poll(host.problems).toEqual([FOUND]);
    await host.type(1, 44, 0, " Nobody knew the the reason.");
    await host.type(1, 18, " to".length, "");
    // If the new mistake were shown, there would always be an entry.
    await expect.poll(host.problems).toEqual([]);
    await host.open("ferry.md", 3, 1);
    await expect.poll(host.problems).toEqual([FOUND]);
  });

  it("has it when somebody asks", async () => {
    await open(ferry);
    await host.open("ferry.md");
    await expect.poll(host.problems).toEqual([FOUND]);
    await host.type(3, 27, 0, " It was of of no use.");
    await host.start("galley.readyToPublish");
    await expect.poll(verdict).toMatch(/^Not yet: 2 warnings/);
    await expect.poll(host.problems).toEqual([FOUND, "ferry.md:3 repeated-word"]);
  });
});

describe.each(["off", "afterDelay"])("The desk, where VS Code saves by itself: %s", (autoSave) => {
  const openDesk = async () => {
    await host.set("files.autoSave", autoSave);
    return await open("samples", {
      // Mixed line endings, which VS Code makes uniform when it saves.
      "crews.md": `# Crews\r\n\r\nAll were there.\n\n${PASSAGE}\r\n\r\nThe end.\n`,
      "quay.md": `# Quay\n\nIt was a clear day.\n\n${PASSAGE}\n`,
      "page.html": "<html><body><p>It was the the first boat.</p></body></html>\n",
    });
  };

  const deleteTheOther = async () => {
    await host.open("quay.md");
    await fix(host, "quay.md", [5, 20], "Delete the copy in ");
    const crews = async () => (await host.draft("crews.md")).text;
    await expect.poll(crews).not.toContain("Ferry crews");
  };

  const isCrewsDirty = async () => (await host.draft("crews.md")).isDirty;

  it("says that it changed another draft, and puts that back to the byte", async () => {
    const news = await openDesk();
    const before = read(news("crews.md"));
    await deleteTheOther();
    await answer(/crews\.md was changed/, /^Undo$/);
    // It is saved with uniform line endings, and then restored byte for byte.
    await expect.poll(isCrewsDirty).toBe(false);
    await expect.poll(() => read(news("crews.md"))).toBe(before);
    expect(await host.unanswered()).toEqual([]);
  });

  it("shows what it changed", async () => {
    await openDesk();
    await deleteTheOther();
    await answer(/crews\.md was changed/, /^Show$/);
    await expect.poll(host.active).toMatch(/^crews\.md:/);
  });

  // Without auto-save, VS Code doesn't take in external changes over unsaved words.
  it.runIf(autoSave !== "off")("undoes nothing in a draft that was changed since", async () => {
    const news = await openDesk();
    await deleteTheOther();
    await expect.poll(isCrewsDirty).toBe(false);
    expect(read(news("crews.md"))).not.toContain("Ferry crews");
    write(news("crews.md"), `${read(news("crews.md"))}More.\n`);
    await answer(/crews\.md was changed/, /^Undo$/);
    await answer(/crews\.md has changed since/);
    expect(read(news("crews.md"))).toContain("More.");
    expect(read(news("crews.md"))).not.toContain("Ferry crews");
  });

  it("asks how far a stet reaches, and takes the file back that it made", async () => {
    const news = await openDesk();
    await host.open("library-hours.txt", 4, 90);
    await expect.poll(host.problems).toContain(STET);
    expect((await host.fix("library-hours.txt", 4, 90))?.length).toBeLessThanOrEqual(8);
    await fix(host, "library-hours.txt", [4, 90], "Stet…");
    const choices = await answer(/^Let it stand/, /^This place/);
    expect(choices).toContainEqual(expect.stringContaining("This project"));
    await expect.poll(host.problems).not.toContain(STET);
    await answer(/\.galley\.json was changed/, /^Undo$/);
    await expect.poll(host.problems).toContain(STET);
    await expect.poll(() => fs.existsSync(news(".galley.json"))).toBe(false);
  });

  it("lets it stand for me, in the user's settings, and takes that back", async () => {
    const news = await openDesk();
    write(news("later.txt"), "It was the the first boat.\n");
    await expect.poll(host.problems).toContain("later.txt:1 repeated-word");
    await host.set("galley.accept", undefined);
    await host.open("library-hours.txt", 4, 90);
    await expect.poll(host.problems).toContain(STET);
    await fix(host, "library-hours.txt", [4, 90], "Stet…");
    await answer(/^Let it stand$/, /^Me/);
    await answer(/^Let it stand: me/, /^Let All/);
    await expect.poll(host.problems).not.toContain(STET);
    await answer(/^Your settings were changed/, /^Undo$/);
    await expect.poll(host.problems).toContain(STET);
  });

  it("reads HTML where somebody asks for it, and takes that back", async () => {
    const news = await openDesk();
    await host.open("page.html");
    await host.start("galley.includeKind");
    await expect.poll(host.problems).toContain("page.html:1 repeated-word");
    await answer(/\.galley\.json was changed/, /^Undo$/);
    await expect.poll(host.problems).not.toContain("page.html:1 repeated-word");
    await expect.poll(() => fs.existsSync(news(".galley.json"))).toBe(false);
  });

  it("“Ready to Publish?” reads a file that is no draft, and fixes a kind in one step", async () => {
    await openDesk();
    const row = (words: string) =>
      code.page.locator(".customview-tree .monaco-list-row", { hasText: words });
    await host.open("page.html");
    await host.start("galley.readyToPublish");
    await row("Read HTML in this folder").waitFor();
    await row("Read this file").click();
    await expect.poll(host.problems).toContain("page.html:1 repeated-word");
    await row("Doubled words").hover();
    await row("Doubled words").locator("[aria-label^='Fix All That Is Safe']").click();
    await expect.poll(host.problems).not.toContain("page.html:1 repeated-word");
    await host.open("page.html");
    await host.undo();
    await expect.poll(host.problems).toContain("page.html:1 repeated-word");
    await answer(/\.galley\.json was changed/, /^Undo$/);
  });

  it("lists the drafts that are not ready, with what is found in the one that is opened", async () => {
    await openDesk();
    const row = (words: string | RegExp) =>
      code.page.locator(".customview-tree .monaco-list-row", { hasText: words }).first();
    await host.start("galley.folderReadiness");
    await code.page.getByText(/\d+ of \d+ drafts are not ready yet/).waitFor();
    // VS Code keeps documents open for minutes after the test that used them, so these have another URI.
    const bridge = row(/harbour-bridge\.md.* · news-/);
    await until(row("line 15"), () => bridge.click({ timeout: 4_000 }));
    await screenshot(code.page, "drafts");
    await row("line 15").click();
    await expect.poll(host.active).toBe("harbour-bridge.md:15");
    await host.start("workbench.action.closeSidebar");
  });

  it("marks every loss, and one step takes all marks back", async () => {
    const news = await openDesk();
    const before = read(news("harbour-bridge.md"));
    await host.open("harbour-bridge.md");
    await host.start("galley.markEveryLoss");
    const saved = async () => {
      await host.save("harbour-bridge.md");
      return read(news("harbour-bridge.md"));
    };
    await expect.poll(async () => (await saved()).split("TK").length).toBeGreaterThan(3);
    await host.undo();
    await expect.poll(saved).toBe(before);
  });
});

describe("Several drafts", () => {
  it("are fixed once it was said how much of that is safe, and one undo takes it back in all", async () => {
    const before = "The ferry lay at the the quay. The crew was still still there.\n";
    const after = before.replace("the the", "the");
    const news = await open({ "a.md": before, "b.md": "It was the the last one.\n" });
    const kind = "Doubled words";
    const targets = ["a.md", "b.md"].map((name) => ({
      uri: pathToFileURL(news(name)).href,
      kind,
    }));
    await host.open("a.md");
    await expect.poll(host.problems).toHaveLength(3);
    const no = answer(/^Fix 2 of 3 in 2 drafts: Doubled words\?$/);
    await host.start("galley.left.fixAll", { targets });
    await no;
    expect(await host.draft("a.md")).toEqual({ text: before, isDirty: false });
    const yes = answer(/^Fix 2 of 3 in 2 drafts/, /^Fix$/);
    await host.start("galley.left.fixAll", { targets });
    await yes;
    await expect.poll(host.problems).toEqual(["a.md:1 repeated-word"]);
    expect(await host.draft("a.md")).toEqual({ text: after, isDirty: true });
    await host.undo();
    await expect.poll(host.problems).toHaveLength(3);
    expect((await host.draft("a.md")).text).toBe(before);
  });
});

/** Files change outside the editor, and no draft is ever opened in it. */
describe("The workspace's problems", () => {
  const openSamples = async () => {
    const news = await open("samples");
    await expect.poll(host.problems).toEqual(SAMPLES);
    expect(await host.tabs()).toEqual([]);
    return news;
  };

  it("follow an edit by another program", async () => {
    const ferry = (await openSamples())("ferry-timetable.md");
    const others = SAMPLES.slice(1);
    replace(ferry, " ( )", "");
    await expect.poll(host.problems).toEqual(others);
    replace(ferry, "longer than usual", "longer than than usual");
    const both = ["ferry-timetable.md:3 repeated-word", ...others];
    await expect.poll(host.problems).toEqual(both);
  });

  it("forget a passage's copy when the other draft, not this one, is changed", async () => {
    const ferry = (await openSamples())("ferry-timetable.md");
    const crews =
      "Ferry crews who carried passengers across the river during the closure were given";
    replace(ferry, crews, "Thanks went to all. Nobody was given");
    replace(ferry, "The last ferry left", "By then nobody had seen that a ferry left");
    const left = SAMPLES.filter((one) => one !== "harbour-bridge.md:29 repeated-elsewhere");
    await expect.poll(host.problems).toEqual(left);
  });

  it("forget a draft that is deleted", async () => {
    fs.rmSync((await openSamples())("library-hours.txt"));
    await expect.poll(host.problems).toEqual(SAMPLES.slice(0, 5));
  });

  it("have a draft that is made, in a folder that is new too", async () => {
    const news = await openSamples();
    fs.mkdirSync(news("letters"));
    write(news("letters/gulls.md"), "# Gulls\n\nThe gulls took the the herring.\n");
    await expect.poll(host.problems).toContain("letters/gulls.md:3 repeated-word");
    fs.rmSync(news("letters"), { recursive: true });
    await expect.poll(host.problems).toEqual(SAMPLES);
  });

  it("follow git to another branch and back", async () => {
    const news = make("samples");
    const git = gitIn(news(""));
    git("init", "--quiet", "--initial-branch=main");
    commit(git);
    git("checkout", "--quiet", "-b", "proofread");
    for (const name of ["harbour-bridge.md", "library-hours.txt"]) fs.rmSync(news(name));
    replace(news("ferry-timetable.md"), " ( )", "");
    write(news("quay.md"), "# Quay\n\nThe quay was swept by the the harbour crew.\n");
    commit(git);
    git("checkout", "--quiet", "main");
    await host.show(news(""));
    await expect.poll(host.problems).toEqual(SAMPLES);
    git("checkout", "--quiet", "--force", "proofread");
    await expect.poll(host.problems).toEqual(["quay.md:3 repeated-word"]);
    git("checkout", "--quiet", "main");
    await expect.poll(host.problems).toEqual(SAMPLES);
    // VS Code keeps the tab of a draft that another program moved.
    await host.open("ferry-timetable.md");
    fs.renameSync(news("ferry-timetable.md"), news("ferries.md"));
    const [first = "", ...others] = SAMPLES;
    const moved = [first.replace("ferry-timetable", "ferries"), first];
    await expect.poll(host.problems).toEqual([...moved, ...others]);
  });

  it("are those of two folders, each by its own settings, while they are in the window", async () => {
    const without = (rule: string) => JSON.stringify({ rules: { [rule]: "off" } });
    const desk = make({
      "market.md": "# Market\n\nThe stalls ( ) open at the the square.\n",
      ".galley.json": without("orphaned-fragment"),
    });
    const archive = make({
      "quay.md": "# Quay\n\n## Sweeping\n\nThe quay ( ) was swept by the the crew.\n",
      ".galley.json": without("repeated-word"),
    });
    await host.show(desk(""), archive(""));
    const market = "market.md:3 repeated-word";
    const quay = "quay.md:5 orphaned-fragment";
    await expect.poll(host.problems).toEqual([market, quay]);
    expect(await host.tabs()).toEqual([]);

    const all = [market, quay, "quay.md:5 repeated-word"];
    write(archive(".galley.json"), "{}");
    await expect.poll(host.problems).toEqual(all);
    await host.show(desk(""));
    await expect.poll(host.problems).toEqual([market]);
    await host.show(desk(""), archive(""));
    await expect.poll(host.problems).toEqual(all);
  });
});

describe("The first pass over a large folder", () => {
  /** So many that it takes seconds. */
  const DRAFTS = 6_000;

  it("says how far it has come, keeps what it has when it is cancelled, and still checks what is opened", async () => {
    const sentence = "The ferry left the quay at seven and the harbour master wrote down its name.";
    const archive = make({});
    for (let index = 0; index < DRAFTS; index++) {
      const year = `year-${Math.floor(index / 100)}`;
      if (index % 100 === 0) fs.mkdirSync(archive(year));
      const day = Array.from({ length: 40 }, (_, hour) => `${sentence} Entry ${index}.${hour}.`);
      const text = `# Log ${index}\n\nIt was the the first boat.\n\n${day.join("\n\n")}\n`;
      write(archive(`${year}/log-${index}.md`), text);
    }
    const cancelled = answer(/checking drafts: [1-9]\d* of \d+/, /^Cancel$/);
    await host.show(archive(""));
    await cancelled;
    const LAST = `year-59/log-${DRAFTS - 1}.md`;
    await host.open(LAST);
    await expect.poll(host.problems).toContain(`${LAST}:3 repeated-word`);
    const found = (await host.problems()).length;
    expect(found).toBeGreaterThan(1);
    expect(found).toBeLessThan(DRAFTS);
    expect(await host.unanswered()).toEqual([]);
  });
});

describe("Lost words that git still has", () => {
  const WHOLE =
    "The stalls open at nine on every market day, according to the harbour office, and close when the bell rings at four.";
  // Similar enough for git to take the two files for one.
  const MORE = [
    "Shops on the quay fear for their trade, and some have closed their doors already.",
    "The ferry has its own quay now, and the trains from the capital stop there twice an hour.",
    "Whoever wants a place for next year has to ask for it before the end of the month.",
  ].join("\n\n");

  it("are offered in the light bulb, from before the file had its name", async () => {
    const news = make({ "old.md": `${WHOLE}\n\n${MORE}\n` });
    const git = gitIn(news(""));
    git("init", "--quiet");
    commit(git);
    fs.renameSync(news("old.md"), news("market.md"));
    replace(news("market.md"), "harbour office,", ",");
    commit(git);
    write(news("market.md"), `${read(news("market.md"))}\nIt rained.\n`);
    commit(git);
    await host.show(news(""));
    await host.open("market.md");
    await expect.poll(host.problems).toEqual(["market.md:1 empty-attribution"]);
    const offers = async () => {
      const titles = await host.fix("market.md", 1, WHOLE.indexOf(" harbour office,") + 1);
      return titles?.filter((title) => title.startsWith("Restore"));
    };
    const title = /^Restore “harbour office” from the version of \d{4}-\d\d-\d\d/;
    await expect.poll(offers).toEqual([expect.stringMatching(title)]);

    const isWhole = async () => (await host.draft("market.md")).text.includes(WHOLE);
    const restored = answer(/^Git still has words that are lost in 1 place of market\.md/);
    await host.start("galley.restoreAll");
    await restored;
    const tick = code.page.locator(".editor-actions [aria-label^='Restore What Is Shown']").first();
    await tick.waitFor();
    await screenshot(code.page, "restore");
    expect(await isWhole()).toBe(false);
    await tick.click();
    await expect.poll(isWhole).toBe(true);
    await expect.poll(host.tabs).toEqual(["market.md"]);
    await host.undo();
    await expect.poll(isWhole).toBe(false);
  });

  it("make a warning of what was a hint, and are listed by “Ready to Publish?”", async () => {
    const room = "The volunteers carried it up two flights of stairs, to the room that ";
    const news = make({ "books.md": `${room}the librarians built for them.\n\n${MORE}\n` });
    const git = gitIn(news(""));
    git("init", "--quiet");
    commit(git);
    replace(news("books.md"), "the librarians ", "");
    await host.show(news(""));
    await host.open("books.md");
    await expect.poll(host.problems).toEqual(["books.md:1 orphaned-fragment"]);
    await host.start("galley.readyToPublish");
    await expect.poll(verdict).toMatch(/^Not yet: 1 warning/);
    const restore = code.page.locator(".customview-tree .monaco-list-row", {
      hasText: "Restore “the librarians” from",
    });
    await restore.waitFor();

    // On another branch the draft is whole.
    commit(git);
    git("checkout", "--quiet", "HEAD~1");
    await expect.poll(verdict).toMatch(/^Nothing found/);
    git("checkout", "--quiet", "-");
    await restore.waitFor();
  });
});

describe("Beside drafts", () => {
  const TWICE = "The stalls open at the the market square at nine.";

  it("Markdown cells of notebooks are checked, until the setting is off", async () => {
    const cell = (cell_type: string, source: string) => ({
      ...{ cell_type, source: [source], metadata: {} },
      ...(cell_type === "code" ? { outputs: [], execution_count: null } : {}),
    });
    const cells = [cell("markdown", `# News\n\n${TWICE}`), cell("code", `# ${TWICE}`)];
    const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
    await open({ "news.ipynb": JSON.stringify(notebook), "a.md": "All is well here.\n" });
    await host.open("a.md");
    await host.notebook("news.ipynb");
    await expect.poll(() => host.found("vscode-notebook-cell")).toEqual(["repeated-word 3:20"]);
    await screenshot(code.page, "notebook");
    await host.set("galley.notebooks", false);
    await expect.poll(() => host.found("vscode-notebook-cell")).toEqual([]);
    await host.set("galley.notebooks", true);
    await expect.poll(() => host.found("vscode-notebook-cell")).toEqual(["repeated-word 3:20"]);
  });

  it("messages of commits are checked, in their box and in git's file, until the setting is off", async () => {
    const news = make({ "a.md": "All is well here.\n" });
    gitIn(news(""))("init", "--quiet");
    await host.show(news(""));
    await host.open("a.md");
    await host.start("workbench.view.scm");
    await expect.poll(() => host.commitMessage(TWICE)).toBe(true);
    await expect.poll(() => host.found("vscode-scm")).toEqual(["repeated-word 1:20"]);
    await screenshot(code.page, "commit-box");
    await host.commitMessage("All is well.");
    await expect.poll(() => host.found("vscode-scm")).toEqual([]);
    await host.commitMessage(TWICE);
    await host.set("galley.commitMessages", false);
    await expect.poll(() => host.found("vscode-scm")).toEqual([]);
    await host.set("galley.commitMessages", true);
    write(news(".git/COMMIT_EDITMSG"), `${TWICE}\n# Please enter the the message\n`);
    await host.open(".git/COMMIT_EDITMSG");
    await expect.poll(() => host.found("file", "EDITMSG")).toEqual(["repeated-word 1:20"]);
  });

  it("assistants are told what is found, once somebody says so", async () => {
    await open({ "a.md": `${TWICE}\n`, "b.md": "All is well here.\n" });
    await expect.poll(host.problems).toEqual(["a.md:1 repeated-word"]);
    expect(await host.askTool({})).toBeUndefined();
    await host.set("galley.assistants", true);
    await expect.poll(async () => (await host.askTool({})) !== undefined).toBe(true);
    const told = async (input: object) =>
      JSON.parse((await host.askTool(input)) ?? "") as {
        files: { path: string; findings: { rule: string }[] }[];
        problems: unknown[];
      };
    const all = await told({});
    // VS Code may still have drafts open without an editor.
    const here = all.files.filter(({ path }) => !path.startsWith("/"));
    expect(here.map(({ path }) => path.replace(/^news-\d+\//, ""))).toEqual(["a.md", "b.md"]);
    expect(here[0]?.findings[0]?.rule).toBe("repeated-word");
    expect((await told({ path: "b.md" })).files).toHaveLength(1);
    expect(await told({ path: "gone" })).toMatchObject({ files: [], problems: [{ path: "gone" }] });
  });
});

it("The packaged extension has pages for writers, of which every link leads somewhere", () => {
  const folder = join(home.folder, "extensions");
  const name = fs.readdirSync(folder).find((one) => one.startsWith("galley.")) ?? "";
  for (const one of ["readme.md", "changelog.md"]) {
    // The bytes of a picture can spell anything.
    const text = read(join(folder, name, one)).replace(/!\[[^\]]*\]\(data:image[^)]*\)/g, "");
    expect(text).not.toMatch(/npm|CONTRIBUTING|ARCHITECTURE/);
    for (const [, target = ""] of text.matchAll(/\]\(([^)\s]*)/g)) {
      expect([one, target, /^https:/.test(target)]).toEqual([one, target, true]);
    }
  }
});
