import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import {
  CancellationTokenSource,
  DiagnosticSeverity,
  LSPErrorCodes,
} from "vscode-languageserver/node";
import { timers } from "../../server/src/host/timers.ts";
import type { FileVersion } from "../../server/src/project/host.ts";
import { LONG_PATIENCE, PATIENCE } from "../../server/src/lsp/lost-words.ts";
import type { Clock, Host } from "../../server/src/project/host.ts";
import { toPath } from "../../server/src/project/places.ts";
import {
  type CountedEdit,
  GIT_FOUND,
  LEFT,
  type LeftInDraft,
  RESTORE_ALL,
} from "../../server/src/protocol.ts";
import type { Folder } from "../support/folder.ts";
import { connect, newFolder } from "../support/for-one-test.ts";
import {
  begin,
  type ClientOptions,
  codeOf,
  rulesOn,
  startedServer,
  type TestClient,
} from "../support/lsp.ts";
import { versionOf } from "../support/repository.ts";

const BEFORE = "Shops on the quay fear for their trade, and some have closed their doors already.";
const WHOLE =
  "The stalls open at nine on every market day, according to the harbour office, and close when the bell rings at four.";
const HOLED = WHOLE.replace("harbour office,", ",");

let folder: Folder;

beforeEach(() => {
  folder = newFolder();
});

/** A clock on which these waits, for the client or for git, take other times; undefined for no end. */
function clockWith(waits: ReadonlyMap<number, number | undefined>): Clock {
  return {
    ...timers,
    after: (wait, call) => {
      const milliseconds = waits.has(wait) ? waits.get(wait) : wait;
      return milliseconds === undefined
        ? { dispose: () => undefined }
        : timers.after(milliseconds, call);
    },
  };
}

/** By this one the server never gives up, however slow the machine is. */
const PATIENT = clockWith(new Map([PATIENCE, LONG_PATIENCE].map((wait) => [wait, undefined])));

/** By this one it does not wait for git, but for everything else. */
const HURRIED = clockWith(new Map([[LONG_PATIENCE, 1]]));

/** A clock by which the time for git is up once a draft is read: from when `isMeant` on; before that, at once. */
function impatientClock(isMeant = () => true): Clock {
  let giveUp: (() => void) | undefined;
  return {
    ...timers,
    turn: () => {
      giveUp?.();
      return timers.turn();
    },
    after: (time, call) => {
      if (time !== LONG_PATIENCE) return timers.after(time, call);
      if (!isMeant()) return timers.after(1, call);
      giveUp = call;
      return { dispose: () => undefined };
    },
  };
}

type Versions = readonly FileVersion[] | undefined;

/** A git that answers each question when the test says so. */
function slowGit() {
  const answers: ((versions?: Versions) => void)[] = [];
  let look = (): void => undefined;
  return {
    answers,
    versions: () =>
      new Promise<Versions>((resolve) => {
        answers.push(resolve);
        look();
      }),
    /** Waits for that many questions. */
    asked: (count: number): Promise<void> =>
      new Promise((resolve) => {
        look = (): void => {
          if (answers.length >= count) resolve();
        };
        look();
      }),
  };
}

function client(options: ClientOptions = {}): Promise<TestClient> {
  return connect({
    folders: [folder.uri],
    ...rulesOn("empty-attribution", "repeated-elsewhere"),
    host: { clock: PATIENT },
    ...options,
  });
}

/** The same, for a server to which no git is named yet. */
async function clientWithoutGit(host: Partial<Host>, options: ClientOptions = {}) {
  const its = await begin(startedServer("in process", host), { folders: [folder.uri], ...options });
  onTestFinished(() => its.stop());
  return its;
}

/** A host with these versions of each file, the newest first, and the files about which it was asked. */
function withVersions(...texts: readonly string[]) {
  const asked: string[] = [];
  const versions = (path: string): Promise<Versions> => {
    asked.push(path);
    return Promise.resolve(texts.map((text, index) => versionOf(text, `2026-01-0${9 - index}`)));
  };
  return { asked, host: { clock: PATIENT, versions } };
}

/** The titles of the fixes for the hole of an open draft with this text, and the draft after the first fix. */
async function offered(
  its: TestClient,
  text: string,
): Promise<{ titles: string[]; after: string }> {
  const uri = folder.uriOf("a.md");
  if (its.textOf(uri) !== text) await its.open(uri, text);
  const hole = (await its.diagnostics(uri)).find(({ code }) => code === "empty-attribution");
  if (hole === undefined) throw new Error("The hole was not found.");
  const actions = await its.actions(uri, hole.range);
  const [first] = actions;
  const resolved = first && (await its.resolve(first));
  for (const { title, isPreferred } of actions) {
    if (title.startsWith("Restore")) expect(isPreferred).not.toBe(true);
  }
  return { titles: actions.map(({ title }) => title), after: its.textAfter(resolved?.edit, uri) };
}

test("the newest version with the whole passage restores the words", async () => {
  const versions = withVersions(`${HOLED}\n`, `${BEFORE}\r\n\r\n${WHOLE}\r\n`, `${WHOLE}\n`);
  const its = await client(versions);
  const uri = folder.uriOf("a.md");
  const text = `${HOLED}\n\n${BEFORE}\n`;
  await its.open(uri, text);
  const { titles, after } = await offered(its, text);
  expect(titles[0]).toBe("Restore “harbour office” from the version of 2026-01-08");
  expect(titles.filter((title) => title.startsWith("Restore"))).toHaveLength(1);
  expect(after).toBe(`${WHOLE}\n\n${BEFORE}\n`);
});

test("the list of findings says from where words can be restored, also for hints", async () => {
  const versions = withVersions(`${HOLED}\n`, `${WHOLE}\n`);
  const its = await client({
    ...versions,
    settings: { galley: { rules: { "empty-attribution": { severity: "hint" } } } },
  });
  const uri = folder.uriOf("a.md");
  await its.open(uri, `${HOLED}\n\nThe ferry came to to the quay.\n`);
  const { groups, counts } = await its.request<LeftInDraft>(LEFT, { uri });
  expect(counts).toMatchObject({ warning: 1, hint: 1 });
  expect(groups).toMatchObject([
    {
      kind: "Lost words",
      findings: [
        {
          severity: "hint",
          range: { start: { line: 0 } },
          restores: ["Restore “harbour office” from the version of 2026-01-08"],
        },
      ],
    },
    { kind: "Doubled words", findings: [{ range: { start: { line: 2 } }, restores: [] }] },
  ]);
  const asked = versions.asked.length;
  const quick = await its.request<LeftInDraft>(LEFT, { uri, restores: false });
  expect(quick.groups.map(({ kind }) => kind)).toEqual(groups.map(({ kind }) => kind));
  expect(quick.groups.flatMap(({ findings }) => findings.flatMap((one) => one.restores))).toEqual(
    [],
  );
  expect(versions.asked).toHaveLength(asked);
  const none = { uri: folder.uriOf("no.csv") };
  expect(await its.request<LeftInDraft>(LEFT, none)).toMatchObject({
    state: "no draft",
    groups: [],
  });
});

test("versions are requested only for lost words, and not for “fix all”", async () => {
  const versions = withVersions(`${WHOLE}\n`);
  const its = await client(versions);
  const uri = folder.uriOf("a.md");
  await its.open(uri, `${HOLED}\n\n${BEFORE}\n`);
  await its.diagnostics(uri);
  const place = { line: 2, character: 4 };
  await its.actions(uri, { start: place, end: place });
  const [hole] = await its.diagnostics(uri);
  if (hole === undefined) throw new Error("The hole was not found.");
  await its.actions(uri, hole.range, ["source.fixAll.galley"]);
  expect(versions.asked).toEqual([]);
  await its.actions(uri, hole.range, ["quickfix"]);
  expect(versions.asked).toEqual([toPath(uri)]);
});

test.each<[string, ReturnType<NonNullable<Host["versions"]>>]>([
  ["has none", Promise.resolve([])],
  ["does not say", Promise.resolve(undefined)],
  ["has what is no text", Promise.resolve([{ ...versionOf(""), bytes: Buffer.from([0]) }])],
  ["has nothing but the hole", Promise.resolve([versionOf(`${HOLED}\n`)])],
])("if git %s there is no offer, and everything else", async (_, versions) => {
  const its = await client({ host: { clock: PATIENT, versions: () => versions } });
  const { titles } = await offered(its, `${HOLED}\n`);
  expect(titles[0]).toBe("Mark the loss with TK");
});

test("git is not run before the client has named it, nor for what is no file", async () => {
  const { host, asked } = withVersions(`${WHOLE}\n`);
  const its = await clientWithoutGit(host);
  const hole = { start: { line: 0, character: 80 }, end: { line: 0, character: 90 } };
  await its.open(folder.uriOf("a.md"), `${HOLED}\n`);
  await its.actions(folder.uriOf("a.md"), hole);
  await its.notify(GIT_FOUND, { program: "git" });
  await its.open("untitled:b", `${HOLED}\n`);
  await its.actions("untitled:b", hole);
  expect(asked).toEqual([]);
});

test("the same passage in another draft restores the words, on disk or open; the draft's own history comes first", async () => {
  folder.write(
    "old/b.md",
    `${WHOLE}\n\nThe ferry has its own quay now, and the trains stop there.\n`,
  );
  const its = await client(withVersions(`${WHOLE.replace("harbour office", "mayor")}\n`));
  const uri = folder.uriOf("a.md");
  await its.open(uri, `${HOLED}\n\n${BEFORE}\n`);
  await its.settled();
  const { titles } = await offered(its, `${HOLED}\n\n${BEFORE}\n`);
  expect(titles.slice(0, 2)).toEqual([
    "Restore “mayor” from the version of 2026-01-09",
    "Restore “harbour office” from old/b.md",
  ]);
  const other = folder.uriOf("old/b.md");
  await its.open(
    other,
    `${WHOLE.replace("office", "master")}\n\nThe ferry has its own quay now.\n`,
  );
  await its.settled();
  const now = await offered(its, `${HOLED}\n\n${BEFORE}\n`);
  expect(now.titles[1]).toBe("Restore “harbour master” from old/b.md");
});

test("a version gives its markup, and a draft of another format its text, escaped", async () => {
  const written = "\\*x\\* of &lt;b&gt;";
  const its = await client(withVersions(`${WHOLE.replace("harbour office", written)}\n`));
  const versioned = await offered(its, `${HOLED}\n`);
  expect(versioned.after).toBe(`${WHOLE.replace("harbour office", written)}\n`);
  folder.write("b.txt", `${WHOLE.replace("harbour office", "<b>Ada</b> {{ x }}")}\n\n${BEFORE}\n`);
  const other = await client();
  await other.open(folder.uriOf("a.md"), `${HOLED}\n`);
  await other.settled();
  const { after } = await offered(other, `${HOLED}\n`);
  const escaped = "\\<b\\>Ada\\</b\\> \\{\\{ x \\}\\}";
  expect(after).toBe(`${WHOLE.replace("harbour office", escaped)}\n`);
});

test("the menu doesn't wait for a slow git, and has everything else", async () => {
  let giveUp = (): void => undefined;
  const clock: Clock = {
    ...timers,
    after: (milliseconds, call) => {
      if (milliseconds !== PATIENCE) return timers.after(milliseconds, call);
      giveUp = call;
      return { dispose: () => undefined };
    },
  };
  const { versions, asked, answers } = slowGit();
  const its = await client({ host: { versions, clock } });
  const text = `${HOLED}\n\n${BEFORE}\n`;
  await its.open(folder.uriOf("a.md"), text);
  await its.open(folder.uriOf("b.md"), `${WHOLE}\n\nThe ferry has its own quay now.\n`);
  await its.settled();
  const before = answers.length;
  const answer = offered(its, text);
  await asked(before + 1);
  giveUp();
  expect((await answer).titles[0]).toBe("Restore “harbour office” from b.md");
});

test("a list that doesn't wait has what other drafts have, and says that git may have more", async () => {
  let isListing = false;
  const { versions, asked, answers } = slowGit();
  const its = await client({ host: { clock: impatientClock(() => isListing), versions } });
  const uri = folder.uriOf("a.md");
  await its.open(uri, `${HOLED}\n\n${BEFORE}\n`);
  await its.open(folder.uriOf("b.md"), `${WHOLE}\n\nThe ferry has its own quay now.\n`);
  await its.settled();
  isListing = true;
  const restoresIn = ({ groups }: LeftInDraft): string[] =>
    groups.flatMap(({ findings }) => findings.flatMap(({ restores }) => restores));
  const soon = await its.request<LeftInDraft>(LEFT, { uri, waits: false });
  expect(soon.isPartial).toBe(true);
  expect(restoresIn(soon)).toEqual(["Restore “harbour office” from b.md"]);
  const before = answers.length;
  const listed = its.request<LeftInDraft>(LEFT, { uri });
  await asked(before + 1);
  answers[before]?.();
  const whole = await listed;
  expect(whole.isPartial).toBeUndefined();
  expect(restoresIn(whole)).toEqual(restoresIn(soon));
});

describe("a hint of lost words", () => {
  const SEEMS =
    "The volunteers carried it up two flights of stairs, to the room that built for them.";
  const WAS = SEEMS.replace("that built", "that the librarians built");
  const FOUND = [versionOf(`${WAS}\n`, "2026-01-09")];
  const OTHER = "The volunteers sat down in the sun, on the wall that built for them.";
  const RULES_ON = rulesOn("orphaned-fragment");
  const { Hint: HINT, Warning: WARNING } = DiagnosticSeverity;

  /** The findings shown in the draft at rest. */
  const severities = async (its: TestClient, uri: string): Promise<unknown[]> => {
    await its.settled();
    return its.severities(uri);
  };

  test("is a warning if an earlier version has the words, after opening or saving, and no keystroke asks", async () => {
    const versions = withVersions(`${BEFORE}\n\n${WAS}\n`);
    const its = await client({ ...versions, ...RULES_ON });
    const uri = folder.uriOf("a.md");
    const text = `${BEFORE}\n\n${SEEMS}\n`;
    await its.open(uri, text);
    const [first] = await its.diagnostics(uri);
    expect(await severities(its, uri)).toEqual([WARNING]);
    // An editor that was answered before git answered has been asked to refresh.
    expect(its.refreshes).toBe(first?.severity === WARNING ? 0 : 1);
    const action = await its.action(uri, "built", /./);
    expect(action.title).toBe("Restore “the librarians” from the version of 2026-01-09");
    expect(its.textAfter(action.edit, uri)).toBe(`${BEFORE}\n\n${WAS}\n`);
    const asked = versions.asked.length;
    const top = { line: 0, character: 0 };
    await its.change(uri, { range: { start: top, end: top }, text: "It rained. " });
    expect(await severities(its, uri)).toEqual([WARNING]);
    // A sentence other than the one that was looked up is a hint again, until it is saved.
    await its.change(uri, { text: text.replace("the room", "a room") });
    expect(await severities(its, uri)).toEqual([HINT]);
    expect(versions.asked).toHaveLength(asked);
    await its.save(uri);
    expect(await severities(its, uri)).toEqual([WARNING]);
    await its.change(uri, { text: `${BEFORE}\n\n${WAS}\n` });
    await its.save(uri);
    expect(await severities(its, uri)).not.toContain(WARNING);
  });

  test.each<[string, ClientOptions, readonly string[]]>([
    ["no earlier version has other words", {}, [`${BEFORE}\n\n${SEEMS}\n`]],
    ["there is no earlier version", {}, []],
    ["the passage was another one", {}, [`${BEFORE}\n\n${WHOLE}\n`]],
    ["the workspace is not trusted", { initializationOptions: { isTrusted: false } }, [`${WAS}\n`]],
    [
      "somebody has made the rule's findings hints",
      { settings: { galley: { rules: { "orphaned-fragment": { severity: "hint" } } } } },
      [`${WAS}\n`],
    ],
  ])("stays a hint if %s", async (_, options, versions) => {
    const its = await client({ ...RULES_ON, ...withVersions(...versions), ...options });
    const uri = folder.uriOf("a.md");
    await its.open(uri, `${SEEMS}\n`);
    await its.save(uri);
    expect(await severities(its, uri)).toEqual([HINT]);
    expect(its.refreshes).toBe(0);
  });

  test("is a warning from when git is found, even after the draft was opened, until it is turned off", async () => {
    const { host } = withVersions(`${WAS}\n`);
    const its = await clientWithoutGit(host, RULES_ON);
    const uri = folder.uriOf("a.md");
    await its.open(uri, `${SEEMS}\n`);
    expect(await severities(its, uri)).toEqual([HINT]);
    await its.notify(GIT_FOUND, { program: "git" });
    expect(await severities(its, uri)).toEqual([WARNING]);
    await its.notify(GIT_FOUND, { program: null });
    expect(await severities(its, uri)).toEqual([HINT]);
    const titles = await its.titles(uri, "built");
    expect(titles).not.toContain("Restore “the librarians” from the version of 2026-01-09");
  });

  test("becomes a warning only if the words are found in time", async () => {
    const { host } = withVersions(`${WAS}\n`, `${OTHER.replace("that", "that they had")}\n`);
    const its = await client({ ...RULES_ON, host: { ...host, clock: impatientClock() } });
    const uri = folder.uriOf("a.md");
    await its.open(uri, `${SEEMS}\n\n${BEFORE}\n\n${OTHER}\n`);
    expect((await severities(its, uri)).sort()).toEqual([WARNING, HINT]);
  });

  test("stays a hint until git answers, and nothing else waits for it", async () => {
    const { versions, answers } = slowGit();
    const its = await client({ ...RULES_ON, host: { clock: HURRIED, versions } });
    const uri = folder.uriOf("a.md");
    await its.open(uri, `${SEEMS}\n`);
    expect(await severities(its, uri)).toEqual([HINT]);
    answers[0]?.(FOUND);
    expect(await severities(its, uri)).toEqual([WARNING]);
    expect(answers).toHaveLength(1);
  });

  test("stays a hint if git answers once it is turned off", async () => {
    const { versions, answers } = slowGit();
    const its = await client({ ...RULES_ON, host: { clock: HURRIED, versions } });
    const uri = folder.uriOf("a.md");
    await its.open(uri, `${SEEMS}\n`);
    expect(await severities(its, uri)).toEqual([HINT]);
    await its.notify(GIT_FOUND, { program: null });
    expect(await severities(its, uri)).toEqual([HINT]);
    answers.at(-1)?.(FOUND);
    expect(await severities(its, uri)).toEqual([HINT]);
  });

  test("is listed with its words, however late git answers, also if it was confirmed meanwhile", async () => {
    const git = slowGit();
    // It answers the first two questions, from opening and from the list, only when it is told to.
    const versions = () => (git.answers.length < 2 ? git.versions() : Promise.resolve(FOUND));
    const its = await client({ ...RULES_ON, host: { clock: HURRIED, versions } });
    const uri = folder.uriOf("a.md");
    await its.open(uri, `${SEEMS}\n`);
    expect(await severities(its, uri)).toEqual([HINT]);
    const listed = its.request<LeftInDraft>(LEFT, { uri });
    await git.asked(2);
    git.answers[0]?.(FOUND);
    expect(await severities(its, uri)).toEqual([WARNING]);
    git.answers[1]?.(FOUND);
    const { groups } = await listed;
    const restores = ["Restore “the librarians” from the version of 2026-01-09"];
    const found = groups.flatMap(({ findings }) => findings);
    expect(found).toMatchObject([{ severity: "warning", restores }]);
  });
});

describe("restoring everything that git still has", () => {
  const ask = (its: TestClient, uri: string): Promise<CountedEdit | null> =>
    its.request(RESTORE_ALL, { uri });

  test("is one edit for the requested version, and nothing the second time", async () => {
    const text = `${HOLED}\n\n${BEFORE}\n\n- ${HOLED}\n`;
    const versions = withVersions(HOLED, WHOLE);
    const its = await client(versions);
    const uri = folder.uriOf("a.md");
    await its.open(uri, text);
    const found = await ask(its, uri);
    expect(found).toMatchObject({ version: 1, count: 2 });
    const after = its.textAfter(found?.edit, uri);
    expect(after).toBe(`${WHOLE}\n\n${BEFORE}\n\n- ${WHOLE}\n`);
    await its.change(uri, { text: after });
    expect(await ask(its, uri)).toBeNull();
  });

  test("skips suppressed losses, and does nothing without a history or in a file that is not a draft", async () => {
    const uri = folder.uriOf("a.md");
    const its = await client(withVersions(WHOLE));
    await its.open(uri, `<!-- stet -->\n\n${HOLED}\n`);
    expect(await ask(its, uri)).toBeNull();
    expect(await ask(its, folder.uriOf("none.md"))).toBeNull();
    for (const options of [withVersions(), {}]) {
      const other = await client(options);
      await other.open(uri, `${HOLED}\n`);
      expect(await ask(other, uri)).toBeNull();
    }
  });

  test("is answered at once when it is cancelled, even if git hangs", async () => {
    const { versions, asked } = slowGit();
    const its = await client({ host: { clock: PATIENT, versions } });
    const uri = folder.uriOf("a.md");
    await its.open(uri, `${HOLED}\n`);
    const cancel = new CancellationTokenSource();
    const answer = codeOf(its.connection, RESTORE_ALL, { uri }, cancel.token);
    await asked(1);
    cancel.cancel();
    expect(await answer).toBe(LSPErrorCodes.RequestCancelled);
  });
});
