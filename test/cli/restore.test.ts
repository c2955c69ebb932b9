import { expect, test } from "vitest";
import type { ReportedFix } from "../../server/src/cli/reported.ts";
import { reportIn } from "../support/command.ts";
import { withEdits } from "../support/lsp.ts";
import { GIT_ENV, newRepository, type Repository } from "../support/repository.ts";
import { place, type Place } from "./support.ts";

const WHOLE =
  "The stalls open at nine on every market day, according to the harbour office, and close when the bell rings at four.";
const HOLED = WHOLE.replace("harbour office,", ",");
const OTHER = "Shops on the quay fear for their trade, and some have closed their doors already.";

function repository(files: Readonly<Record<string, string>>): Place & Repository {
  const its = place({}, "", GIT_ENV);
  return { ...its, ...newRepository(files, its.folder) };
}

const NO_GIT = "There is no git repository here, so --restore asked other drafts alone.";

async function fixesIn(its: Place, file: string, ...args: string[]): Promise<ReportedFix[]> {
  const { out, err } = await its.galley("check", "--format", "json", "--restore", ...args);
  // Next to output for programs, people read that git was not asked.
  expect(err).toBe("commit" in its ? "" : `galley: ${NO_GIT}\n`);
  const findings = reportIn(out).files.find(({ path }) => path === file)?.findings ?? [];
  return findings.flatMap((finding) => finding.fixes).filter(({ title }) => /Restore/.test(title));
}

test("lost words are listed on request, from the newest version that has them, through a rename", async () => {
  const at = repository({ "old.md": `${WHOLE.replace("office", "master")}\n\n${OTHER}\n` });
  at.write("old.md", `${WHOLE}\r\n\r\n${OTHER}\r\n`);
  const commit = at.commit().slice(0, 7);
  at.write("old.md", `${HOLED}\n\n${OTHER}\n`);
  at.commit();
  at.move("old.md", "new.md");
  at.commit();
  const text = `${OTHER}\n\n${HOLED}\n`;
  at.write("new.md", text);
  const [fix, ...more] = await fixesIn(at, "new.md");
  expect(fix).toMatchObject({
    title: `Restore “harbour office” from the version of 2026-01-01 (${commit})`,
    safe: true,
  });
  expect(fix && withEdits(text, fix.edits)).toBe(`${OTHER}\n\n${WHOLE}\n`);
  expect(more).toEqual([]);
  const shown = await at.galley("check", "--restore");
  expect(shown.out).toContain(`╰ Restore “harbour office” from the version of 2026-01-01`);
  expect((await at.galley("check")).out).not.toContain("Restore");
});

test("--restore lists; with --fix it restores git's words for shown findings, and does nothing more the second time", async () => {
  const before = `${WHOLE}\r\n\r\n${OTHER}\r\n`;
  const after = before.replace("harbour office,", ",");
  const at = repository({ "a.md": before, "2024-01-01-b.md": `${OTHER} ${WHOLE}\n` });
  at.write("a.md", after);
  const without = await at.galley("check", "--format", "compact");
  expect(await at.galley("check", "--format", "compact", "--restore")).toEqual(without);
  expect((await at.galley("check", "--restore", "--fix-dry-run")).out).toContain(
    "+The stalls open at nine on every market day, according to the harbour office, and",
  );
  await at.galley("check", "--restore");
  expect(at.read("a.md")).toBe(after);
  const fixed = await at.galley("check", "--restore", "--fix", "a.md");
  expect(fixed).toMatchObject({
    code: 0,
    out: expect.stringContaining("harbour office") as string,
  });
  expect(at.read("a.md")).toBe(before);
  at.write("a.md", `<!-- stet -->\n\n${HOLED}\n`);
  await at.galley("check", "--restore", "--fix", "a.md");
  expect(at.read("a.md")).toBe(`<!-- stet -->\n\n${HOLED}\n`);
  // Words that only another draft has are listed, and left to the writer.
  at.write("new.md", `${OTHER} ${HOLED}\n`);
  await at.galley("check", "--restore", "--fix", "new.md", "2024-01-01-b.md");
  expect(at.read("new.md")).toBe(`${OTHER} ${HOLED}\n`);
});

test("however many links have lost their text, git proves each, and each gets its own back", async () => {
  const whole = [
    "The stalls open at nine, says [the harbour office](/a), and close at four.",
    "The council read [the report](/b) in May, and nobody had asked for any of it.",
    "It rained for eleven weeks, and [the minutes](/c) say that the old roof leaked.",
    "Before you start with the work, read [the guide](/d), then go to the hall.",
  ].join("\n\n");
  const at = repository({ "a.md": whole });
  at.write("a.md", whole.replace(/\[[^\]]+\]/g, "[]"));
  const countWarnings = async (...args: string[]): Promise<number> =>
    (await at.galley("check", "--format", "compact", ...args)).out.split("empty-link").length - 1;
  expect(await countWarnings()).toBe(4);
  expect(await countWarnings("--restore")).toBe(4);
  await at.galley("check", "--restore", "--fix");
  expect(at.read("a.md")).toBe(whole);
});

test("what is listed is what is put back, in the order of the text, however the losses depend on each other", async () => {
  const whole =
    "The council of the old harbour town had approved a long plan [for the bridge](/h) in May. (Photo: Jane Doe)\n";
  const holed = whole.replace("for the bridge", "").replace("Jane Doe", "");
  const at = repository({ "a.md": whole });
  at.write("a.md", holed);
  // Without the link’s text the credit is too far from what the two versions share.
  expect((await fixesIn(at, "a.md")).map((fix) => withEdits(holed, fix.edits))).toEqual([
    holed.replace("[]", "[for the bridge]"),
    holed.replace("Photo: ", "Photo: Jane Doe"),
  ]);
  const { out } = await at.galley("check", "--restore", "--fix");
  expect(out.match(/put in “.*”/g)).toEqual(["put in “for the bridge”", "put in “Jane Doe”"]);
  expect(at.read("a.md")).toBe(whole);
});

test("the report says how to mark a loss, how to look for its words, and how to restore them", async () => {
  const at = repository({ "a.md": `${WHOLE}\n\n${OTHER}\n` });
  const MARK = "To mark a loss, write TK in its place; --restore looks for";
  const PUT_BACK = "--restore --fix puts back the words that git has.";
  const NOT_PUT_BACK = "--fix leaves words that only another draft has: copy them, or use";
  const says = async (...args: string[]): Promise<boolean[]> => {
    const { out } = await at.galley("check", ...args);
    return [MARK, PUT_BACK, NOT_PUT_BACK].map((note) => out.includes(note));
  };
  expect(await says()).toEqual([false, false, false]);
  at.write("a.md", `${HOLED}\n\n${OTHER}\n`);
  expect(await says()).toEqual([true, false, false]);
  expect(await says("--quiet")).toEqual([false, false, false]);
  expect(await says("--restore")).toEqual([false, true, false]);
  // Words that only another draft has are not put back.
  at.write("new.md", `${OTHER} ${HOLED}\n`);
  at.write("2024-01-01-b.md", `${OTHER} ${WHOLE}\n`);
  expect(await says("--restore")).toEqual([false, true, true]);
  expect(await says("--restore", "new.md", "2024-01-01-b.md")).toEqual([false, false, true]);
  expect(await says("--restore", "--fix")).toEqual([false, false, true]);
  at.write("a.md", "A study by the , they said, shows that few people borrow books on a Sunday.\n");
  expect(await says("--restore", "a.md")).toEqual([false, false, false]);
});

test("it says once that there is no git, if words are lost", async () => {
  const texts = { "a.md": `${HOLED}\n`, "b/c.md": `${OTHER}\n\n${HOLED}\n` };
  const says = async (its: Place, ...args: string[]): Promise<number> =>
    (await its.galley("check", ...args)).out.split(NO_GIT).length - 1;
  expect(await says(place(texts), "--restore")).toBe(1);
  expect(await says(place(texts), "--restore", "--fix")).toBe(1);
  expect(await says(place(texts))).toBe(0);
  expect(await says(place({ "a.md": `${WHOLE}\n` }), "--restore")).toBe(0);
  expect(await says(repository(texts), "--restore")).toBe(0);
});

test("the fixes of all rounds are told in the order of the text", async () => {
  const whole = `${OTHER}\n\n${WHOLE}\n`;
  const at = repository({ "a.md": whole, "b.md": whole });
  const damaged = `${OTHER.replace("the quay", "the the quay")}\n\n${HOLED}\n`;
  for (const file of ["a.md", "b.md"]) at.write(file, damaged);
  const { out } = await at.galley("check", "--restore", "--fix");
  const told = out.match(/^\w\.md:\d+(?=  \S+  (?:put|took))/gm);
  expect(told).toEqual(["a.md:1", "a.md:3", "b.md:1", "b.md:3"]);
});

test("words restored at two places get quotation marks at each", async () => {
  const two = WHOLE.replace("the harbour office,", "Lena Fischer and Tomás Rivera,");
  const at = repository({ "a.md": `${two}\n\n${OTHER}\n` });
  at.write("a.md", `${two.replace("Lena Fischer and Tomás Rivera", " and ")}\n\n${OTHER}\n`);
  const { out } = await at.galley("check", "--restore", "--fix");
  expect(out).toContain("put in “Lena Fischer” and “Tomás Rivera”\n");
});

test("lost words are listed from another draft, with git or without", async () => {
  const files = {
    "2024-01-01-a.md": `${WHOLE}\n\nThe ferry has its own quay now.\n`,
    "2025-01-01-b.md": `${OTHER}\n\n${HOLED}\n`,
  };
  for (const its of [place(files), repository(files)]) {
    const [fix] = await fixesIn(its, "2025-01-01-b.md");
    expect(fix?.title).toBe("Restore “harbour office” from 2024-01-01-a.md");
    expect(fix && withEdits(files["2025-01-01-b.md"], fix.edits)).toBe(`${OTHER}\n\n${WHOLE}\n`);
  }
  const at = repository(files);
  at.write("2025-01-01-b.md", `${OTHER}\n\n${HOLED}\n\nIt rained.\n`);
  expect(await fixesIn(at, "2025-01-01-b.md", "--changed=main")).toEqual([]);
});

test("an earlier version gives its markup, and a draft of another format its text, escaped", async () => {
  const text = `${OTHER}\n\n${HOLED}\n`;
  const named = (name: string): string => `${WHOLE.replace("harbour office", name)}\n\n${OTHER}\n`;
  const at = repository({ "a.md": named("\\*x\\* of &lt;b&gt;") });
  at.write("a.md", text);
  const [version] = await fixesIn(at, "a.md");
  expect(version && withEdits(text, version.edits)).toContain(
    "according to the \\*x\\* of &lt;b&gt;, and",
  );
  const its = place({ "2024-01-01-a.txt": named("<b>Ada</b> {{ x }}"), "2025-01-01-b.md": text });
  const [other] = await fixesIn(its, "2025-01-01-b.md");
  const escaped = "according to the \\<b\\>Ada\\</b\\> \\{\\{ x \\}\\}, and";
  expect(other && withEdits(text, other.edits)).toContain(escaped);
});

test("a hint is a warning if git has the words, unless the rule's severity was set to hint", async () => {
  const seems =
    "The volunteers carried it up two flights of stairs, to the room that built for them.";
  const at = repository({ "a.md": `${seems.replace("that", "that the librarians")}\n` });
  at.write("a.md", `${seems}\n`);
  const check = (...args: string[]) =>
    at.galley("check", "--hints", "--format", "compact", ...args);
  expect(await check()).toMatchObject({
    code: 0,
    out: expect.stringContaining("hint") as string,
  });
  const loud = await check("--restore");
  expect(loud).toMatchObject({ code: 1, out: expect.stringContaining("warning") as string });
  at.write(".galley.json", '{"rules": {"orphaned-fragment": "hint"}}');
  expect(await check("--restore")).toMatchObject({ code: 0 });
});
