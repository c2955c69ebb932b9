import { expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { leftoverPlaceholder } from "../../server/src/rules/leftover-placeholder.ts";
import { draftOf, findings, flags, leavesAlone, withMarks } from "../support/rules.ts";
import { RULES } from "../../server/src/rules/index.ts";

test.each([
  "The bridge cost ⟦TK⟧ million in ⟦TKTK⟧.",
  "⟦TK TK⟧ and ⟦XXXX⟧.",
  "Mayor ⟦TKTK⟧ said so.",
  "We asked where ⟦XXXX⟧ went.",
  "Call XXXX-1, where XXXX is the extension. It was built in ⟦XXX⟧ and cost ⟦XXXX⟧ million.",
  "Call XXXX, where XXXX is the extension, in room ⟦XXX⟧, which cost ⟦XXX⟧ million.",
  `The bridge cost ⟦XXXX⟧ million. ${"It is long. ".repeat(9)}Call XXXX where XXXX is a line.`,
  "See ⟦[link]⟧ and ⟦[insert date here]⟧ and ⟦[TODO]⟧.",
  "It is open. ⟦TODO:⟧ ask the mayor.",
  "It is open. ⟦TODO(anna):⟧ ask the mayor.",
  "## The bridge of ⟦XXX⟧",
  "- ⟦TK⟧",
  "⟦Lorem ipsum⟧ dolor sit amet, consectetur.",
  "Dear ⟦[name]⟧,",
  "Hi ⟦[First name]⟧! We met in May.",
  "With kind regards,\n⟦[Your name]⟧",
  "⟦[Your name]⟧,\n⟦[your office]⟧",
])("flags %s", (marked) => {
  flags(leftoverPlaceholder, marked);
  flags(leftoverPlaceholder, marked, { format: "plaintext" });
});

test.each([
  "TK Maxx, TK Holdings and Smith TK (2017) are names.",
  "TK-421 and the file TK.txt and @TK and #TK.",
  "Super Bowl XXX, the Olympiad XXX, call 555-XXX-XXXX.",
  "The type { [P in K]: XXX } and the attribute #[link].",
  "The comment // TODO: is for programmers, and so is `XXX`.",
  "“Lorem ipsum” is dummy text. Lorem ipsum has a long history.",
  "The TODO group met. Getting involved in TODO: how to.",
  "Write [your name] or [name] on the form.",
  "“Dear [name],” it began. They wrote dear [name], and no more.",
  "Dear [Ann](https://example.org), dear [Bo][1],\n\n[1]: https://example.org",
  "Name the branch XXXX-toll, where XXXX is the number of the issue.",
  "Where XXX is the year and XXXX is the number, and where XXXX means a line, write XXX-XXXX.",
  "![placeholder](pictures/bridge.jpeg)",
  "<figure>\n![placeholder](pictures/bridge.jpeg)\n</figure>",
  "The command is add [name].\n\n[your page](page.md)",
  "See [link](https://example.org) and [link].\n\n[link]: https://example.org",
])("leaves alone: %s", (text) => {
  leavesAlone(leftoverPlaceholder, text);
});

test.each([
  "**TK** — “to come”, what an editor writes for a fact that is missing.",
  "TK\n: A mark for what is missing.",
  "- TK: stands for a fact to be filled in",
  "- **TK** (short for “to come”)",
  "- **TODO**: Indicates an open task.\n- **FIXME**: Marks what is wrong.",
])("leaves alone what a glossary explains: %s", (text) => {
  leavesAlone(leftoverPlaceholder, text);
});

test("leaves a term of HTML alone", () => {
  const text = "<dl><dt>TK</dt><dd>What is missing.</dd></dl>";
  leavesAlone(leftoverPlaceholder, text, { format: "html" });
});

test.each([
  "⟦TK⟧: ask the mayor when the bridge opens.",
  "**⟦TODO**:⟧ Ask the mayor what the sign indicates.",
  "# The bridge\n\nIt is called {{name}}.\n\n⟦TODO:⟧ ask why.",
  "# Minutes of {{date}}\n\nThe council met on ⟦XXX⟧, says ⟦[insert name]⟧.\n\n⟦TODO(anna):⟧ ask why.",
  "**⟦TK⟧**, the bridge opens in May, and that means work.",
  "- ⟦TK⟧ — ask Ann\n",
  "⟦TK⟧ placeholder for the mayor's words.",
  "⟦TK⟧, photo to come.",
  "⟦TK⟧: photo to come.",
])("flags something similar: %s", (marked) => {
  flags(leftoverPlaceholder, marked);
});

test.each([
  "It opens on ⟦2025-XX-XX⟧, or on ⟦2026-01-XX⟧, as ⟦[Insert name]⟧ said.",
  "It opens in ⟦20XX-XX-XX⟧.",
])("flags a date or a name to be filled in: %s", (marked) => {
  flags(leftoverPlaceholder, marked);
  flags(leftoverPlaceholder, marked, { format: "plaintext" });
});

test("leaves alone what only looks like a date", () => {
  leavesAlone(
    leftoverPlaceholder,
    "CVE-2025-XX-XX is no date, and YYYY-MM-DD is a form, `2025-XX-XX` too.",
  );
});

test("a form keeps its brackets, and a page with code its dummy text", () => {
  const form = (lines: number): string =>
    `# [The decision in short]\n\n${"Date: [when it was taken]\n\n".repeat(lines - 1)}`;
  const link = "See [link] for more.\n";
  leavesAlone(leftoverPlaceholder, `${form(4)}${link}`);
  flags(leftoverPlaceholder, `${form(3)}See ⟦[link]⟧ for more.\n`);
  flags(leftoverPlaceholder, `${"Date: [today]\n\n".repeat(4)}See ⟦[link]⟧ for more.\n`);
  const dummy = "orem ipsum dolor sit amet.\n";
  leavesAlone(leftoverPlaceholder, `\`\`\`html\n<p class="lead">\n\`\`\`\n\nL${dummy}`);
  flags(leftoverPlaceholder, `Write \`<p>\` here.\n\n⟦Lorem ipsum⟧ dolor sit amet.\n`);
  leavesAlone(leftoverPlaceholder, "It is at [[Link](https://example.org)], they said.\n");
});

test("a template gets one hint", () => {
  const found = findings(
    leftoverPlaceholder,
    "Dear [insert name], we met on [insert date] in [insert place] to talk of [insert topic].",
  );
  expect(found.map(({ severity }) => severity)).toEqual(["hint"]);
});

test("many marks of one kind get one hint, and few of each don't", () => {
  const todo = "- TODO: the map\n- TODO: the route\n- TODO: the fares\n- TODO: the piers\n";
  const severities = (text: string): unknown[] =>
    findings(leftoverPlaceholder, text).map(({ severity }) => severity);
  expect(severities(todo)).toEqual(["hint"]);
  expect(severities(`${todo}\nIt cost [insert sum] in XXX, see [link].\n`)).toHaveLength(4);
  expect(severities("Lorem ipsum dolor sit amet.\n\n".repeat(5))).toEqual(["hint"]);
});

test("a link may be called “[link]”", () => {
  const html = '<p><a href="#rates">[link]</a> The rates rose. <a href="">⟦[link]⟧</a></p>';
  flags(leftoverPlaceholder, html, { format: "html" });
});

test("finds the writer's own placeholder", () => {
  for (const placeholder of ["???", "FEHLT", "[missing]"]) {
    const text = `The bridge cost “${placeholder}” million, not FEHLTE, VERFEHLT or FEHLT-1.`;
    const found = lint(draftOf(text), RULES, settingsFrom({ placeholder }), {
      rethrow: true,
    }).filter(({ rule }) => rule === leftoverPlaceholder.id);
    expect(withMarks(text, found)).toBe(text.replace(placeholder, `⟦${placeholder}⟧`));
  }
});

test("offers no fix, because none could know the words", () => {
  const found = findings(leftoverPlaceholder, "It cost TK.\n");
  expect(found.flatMap(({ fixes }) => fixes ?? [])).toEqual([]);
});
