import { expect, test } from "vitest";
import { repeatedBlock } from "../../server/src/rules/repeated-block.ts";
import { NEWS } from "../support/passages.ts";
import { findings, fixes, flags, leavesAlone, getMessage, getTitles } from "../support/rules.ts";
import { say } from "../../server/src/text/wording.ts";

const [BRIDGE, SHOPS, FERRY, CRACKS] = NEWS;

test("reports several paragraphs in a row once, from the first word to the last", () => {
  const [finding] = flags(
    repeatedBlock,
    `${BRIDGE}\n\n${SHOPS}\n\n${FERRY}\n\nNobody was hurt.\n\n⟦${BRIDGE}\n\n${SHOPS}\n\n${FERRY}⟧\n`,
  );
  expect(getMessage(finding)).toBe(
    "“The council voted on Monday to close the old …” (3 paragraphs) repeats lines 1–5. Delete one of the two.",
  );
  expect(finding?.related).toMatchObject([
    { start: 0, end: `${BRIDGE}\n\n${SHOPS}\n\n${FERRY}`.length },
  ]);
  expect(finding?.unnecessary).toBe(true);
});

test("reports an edited copy, with the differences", () => {
  const [finding] = flags(
    repeatedBlock,
    `${BRIDGE}\n\n${SHOPS}\n\n⟦The council decided on Monday to close the old bridge to heavy lorries until the spring.⟧\n`,
  );
  expect(getMessage(finding)).toBe(
    "“The council decided on Monday to close …” repeats line 1, with 2 words changed. Keep the better of the two.",
  );
  expect((finding?.related ?? []).map(({ message }) => say(message))).toEqual([
    "The other copy. They differ: “decided” here, “voted” there; “heavy” only here",
  ]);
  expect(finding?.unnecessary).toBeUndefined();
});

test("ignores case, quote style, spacing and markup", () => {
  flags(
    repeatedBlock,
    `The “old” bridge was the council’s pride, and it stood there for *two hundred* years.\n\n${SHOPS}\n\n⟦The "old"  bridge was the [Council's](https://example.org) pride, and it stood there for two hundred years.⟧\n`,
  );
});

test("finds a sentence inside a paragraph", () => {
  flags(
    repeatedBlock,
    `${SHOPS} ${BRIDGE} ${FERRY}\n\nNobody was hurt. ⟦${BRIDGE}⟧ It will cost two million.\n`,
  );
});

test("leaves short lines alone", () => {
  leavesAlone(repeatedBlock, `Read more here.\n\n${BRIDGE}\n\nRead more here.\n`);
});

const FULLER = BRIDGE.replace("lorries", "all heavy lorries");

test.each([
  [
    "a paragraph with its blank lines",
    "Delete this copy",
    [BRIDGE, SHOPS, BRIDGE, FERRY],
    [BRIDGE, SHOPS, FERRY],
  ],
  [
    "the first of two paragraphs",
    "Delete the other copy",
    [BRIDGE, SHOPS, BRIDGE, FERRY],
    [SHOPS, BRIDGE, FERRY],
  ],
  ["the end of the draft", "Delete this copy", [BRIDGE, SHOPS, BRIDGE], [BRIDGE, SHOPS]],
  [
    "a sentence with its space",
    "Delete this copy",
    [BRIDGE, `${SHOPS} ${BRIDGE} ${FERRY}`],
    [BRIDGE, `${SHOPS} ${FERRY}`],
  ],
  ["the last sentence", "Delete this copy", [BRIDGE, `${SHOPS} ${BRIDGE}`], [BRIDGE, SHOPS]],
  ["the copy before the fuller", "Keep the fuller", [BRIDGE, SHOPS, FULLER], [SHOPS, FULLER]],
  ["the copy after the fuller", "Keep the fuller", [FULLER, SHOPS, BRIDGE], [SHOPS, FULLER]],
])("deletes %s: %s", (_what, title, before, after) => {
  for (const mark of ["", "> "]) {
    const joined = (parts: readonly string[]): string =>
      `${mark}${parts.join(`\n${mark.trim()}\n${mark}`)}\n`;
    expect(fixes(repeatedBlock, joined(before), title, joined(after))).toEqual([]);
  }
});

test("offers to delete no copy that has a paragraph or an item of its own", () => {
  const own = "It is done when a knife comes out clean, after a quarter of an hour in the tin.";
  const offered = (one: readonly string[], other: readonly string[]): readonly string[] => {
    const all = findings(repeatedBlock, [...one, CRACKS, ...other].join("\n\n"));
    return all.flatMap((finding) => getTitles(finding));
  };
  const copy = [BRIDGE, SHOPS, FERRY];
  const fuller = [BRIDGE, SHOPS, own, FERRY];
  const keep = "Keep the fuller copy here and delete the other";
  expect(offered(copy, copy)).toEqual(["Delete this copy", "Delete the other copy"]);
  expect(offered(copy, fuller)).toEqual(["Delete the other copy", keep]);
  expect(offered(fuller, copy)).toEqual(["Delete this copy", keep]);
  expect(offered([BRIDGE, "## How to make it", SHOPS, FERRY], fuller)).toEqual([]);
});

test("deletes an item with its line", () => {
  const items = (...parts: string[]): string => parts.map((part) => `- ${part}\n`).join("");
  const before = items(BRIDGE, SHOPS, BRIDGE, FERRY);
  fixes(repeatedBlock, before, "Delete this copy", items(BRIDGE, SHOPS, FERRY));
});

test("reports several paragraphs once if one was inserted, deleted or moved", () => {
  const [a, b, c] = [BRIDGE, SHOPS, FERRY];
  const between = `Nobody was hurt.\n\nThe mayor would not say how long it will take.`;
  flags(
    repeatedBlock,
    `${a}\n\n${b}\n\n${c}\n\n${between}\n\n⟦${a}\n\n${b}\n\n${CRACKS}\n\n${c}⟧\n`,
  );
  flags(
    repeatedBlock,
    `${a}\n\n${b}\n\n${CRACKS}\n\n${c}\n\n${between}\n\n⟦${a}\n\n${b}\n\n${c}⟧\n`,
  );
  flags(repeatedBlock, `${a}\n\n${b}\n\n${c}\n\n${between}\n\n⟦${a}\n\n${c}\n\n${b}⟧\n`);
});

test("finds adjacent copies, and a passage that is repeated many times in a row", () => {
  flags(repeatedBlock, `${BRIDGE}\n\n⟦${BRIDGE}⟧\n\n${SHOPS}\n`);
  const [finding, ...more] = flags(
    repeatedBlock,
    `${BRIDGE}\n\n⟦${`${BRIDGE}\n\n`.repeat(4).trim()}⟧\n\n${SHOPS}\n`,
  );
  expect(more).toEqual([]);
  expect(getMessage(finding)).toBe(
    "“The council voted on Monday to close …” (4 paragraphs) is here 4 more times in a row, after line 1. Keep one.",
  );
  expect(getTitles(finding)).toEqual(["Delete these copies"]);
});

test("counts inline code as its words", () => {
  flags(
    repeatedBlock,
    `Run \`galley check\` in the folder of your drafts and read what it says of them.\n\n${SHOPS}\n\n⟦Run galley check in the folder of your drafts and read what it says of them.⟧\n`,
  );
});

test("leaves a quotation of a passage alone, but not a callout", () => {
  leavesAlone(repeatedBlock, `${BRIDGE}\n\n${SHOPS}\n\n> ${BRIDGE}\n`);
  flags(repeatedBlock, `${BRIDGE}\n\n${SHOPS}\n\n> [!NOTE]\n> ⟦${BRIDGE}⟧\n`);
});

test.each([
  ["headings", `## ${BRIDGE}\n\n${SHOPS}\n\n## ${BRIDGE}\n\n${FERRY}\n`],
  ["code", `\`\`\`\n${BRIDGE}\n\`\`\`\n\n${SHOPS}\n\n\`\`\`\n${BRIDGE}\n\`\`\`\n`],
  ["tables", `| a |\n|---|\n| ${BRIDGE} |\n\n${SHOPS}\n\n| a |\n|---|\n| ${BRIDGE} |\n`],
  ["front matter", `---\nsummary: ${BRIDGE}\n---\n\n${BRIDGE}\n\n${SHOPS}\n`],
  [
    "items of one pattern",
    "- Red marks a road that lorries of more than three tonnes may never use.\n- Green marks a path that riders of bicycles may use.\n- Blue marks a road that lorries of more than seven tonnes may sometimes use.\n",
  ],
  [
    "the same words for another platform",
    "## Windows\n\nTo check your drafts on Windows, open the PowerShell and run the command from the folder that holds them.\n\n## Linux\n\nTo check your drafts on Linux, open the Terminal and run the command from the folder that holds them.\n",
  ],
])("leaves %s alone", (_what, text) => {
  leavesAlone(repeatedBlock, text);
});

test.each([
  [
    "a question put to two people",
    "**Anna**\n\nWhat was the first thing that you did when you came to work on the bridge?\n\nI looked at the river for a whole day and did nothing else at all.\n\nWhat is it about stone that you like so much more than steel and glass?\n\nIt stays.\n\n**Ben**\n\nWhat was the first thing that you did when you came to work on the bridge?\n\nMy boss sent me to buy a hat.\n\nWhat is it about stone that you like so much more than steel and glass?\n\nI like glass better, to be honest with you.\n",
  ],
])("reports at most a hint for %s", (_what, text) => {
  for (const { severity } of findings(repeatedBlock, text)) expect(severity).toBe("hint");
});

test.each([
  [
    "a word put for another",
    `The request is read once its header has come, and then the handler is called.\n\n${SHOPS}\n\nThe response is read once its header has come, and then the handler is called.\n`,
  ],
  [
    "a verb put for another",
    `${SHOPS}\n\nTo open the gate, turn the key to the left and hold it for two seconds.\n\n${FERRY}\n\nTo close the gate, turn the key to the right and hold it for two seconds.\n`,
  ],
  [
    "a method put for another",
    `${SHOPS}\n\nSend it with GET to the address below, and the list of all ferries comes back.\n\n${FERRY}\n\nSend it with PUT to the address below, and the list of all ferries comes back.\n`,
  ],
  [
    "what leads to other code",
    `${SHOPS}\n\nTo build the whole edition, first install a compiler such as GCC or Clang, and then run the following command:\n\n\`\`\`\nbuild whole\n\`\`\`\n\nTo build the whole and extended edition, first install a compiler such as GCC or Clang, and then run the following command:\n\n\`\`\`\nbuild extended\n\`\`\`\n`,
  ],
])("reports at most a hint for %s", (_what, text) => {
  for (const { severity } of findings(repeatedBlock, text)) expect(severity).toBe("hint");
});

test.each([
  [
    "numbered steps under two headings",
    "## Windows\n\n1. Open the settings, choose the page for drafts, and tick the box for repeats.\n2. Close the editor and open it again so that the setting is read.\n\n## Linux\n\n1. Open the settings, choose the page for drafts, and tick the box for repeats.\n2. Close the editor and open it again so that the setting is read.\n",
  ],
  [
    "clauses of a specification",
    `r[ferry.day]\n${BRIDGE} ${SHOPS}\n\nr[ferry.night]\n${BRIDGE} ${SHOPS}\n`,
  ],
  [
    "options under their names",
    `### \`ferry.day_limit\`\n\n${BRIDGE} ${SHOPS}\n\n### \`ferry.night_limit\`\n\n${BRIDGE} ${SHOPS}\n`,
  ],
  [
    "parameters of two functions",
    `### \`day(ferry, boat)\` _New_\n\n* \`ferry\`: ${FERRY}\n* \`boat\`: ${BRIDGE} ${SHOPS}\n\n### \`night(ferry, boat)\`\n\n* \`at\`: the time\n* \`ferry\`: ${FERRY}\n* \`boat\`: ${BRIDGE} ${SHOPS}\n`,
  ],
  [
    "settings under names with hyphens",
    `#### day-limit-enabled\n\n${SHOPS} ${FERRY} ${BRIDGE}\n\n#### night-limit-enabled\n\n${SHOPS} ${FERRY} ${BRIDGE.replace("lorries", "cars")}\n`,
  ],
  [
    "terms of two lists",
    `## All\n\n\`limit\`\n: ${BRIDGE} ${SHOPS}\n\n## Each\n\n\`limit\`\n: ${BRIDGE} ${SHOPS}\n`,
  ],
  [
    "the texts below two signatures",
    `\`\`\`\nday(ferry)\n\`\`\`\n\n${BRIDGE} ${SHOPS}\n\n\`\`\`\nnight(ferry)\n\`\`\`\n\n${BRIDGE} ${SHOPS}\n`,
  ],
  [
    "what the code above shows",
    `${BRIDGE}\n\n${SHOPS}\n\n\`\`\`html\n<p>${BRIDGE}</p>\n\`\`\`\n\n${BRIDGE}\n`,
  ],
  [
    "what is shown twice in code",
    `\`\`\`md\n${SHOPS}\n\`\`\`\n\n${SHOPS}\n\n\`\`\`md\n> ${SHOPS}\n\`\`\`\n\n> ${SHOPS}\n`,
  ],
  [
    "whose words they are",
    `${BRIDGE}\n\n– Cheryl Smith, Associate Director for Bridges and Ferries, Office of the Harbour, New Town\n\n${SHOPS}\n\n– Cheryl Smith, Associate Director for Bridges and Ferries, Office of the Harbour, New Town\n`,
  ],
  [
    "who took the pictures",
    `${BRIDGE}\n\nPhoto by Ann Lee, from the collection of the Harbour Museum of the town of New Town\n\n${SHOPS}\n\nPhoto by Ann Lee, from the collection of the Harbour Museum of the town of New Town\n`,
  ],
  [
    "where the figures come from",
    `${BRIDGE}\n\nSource: the Harbour Office of New Town, its yearly count of boats and of people on them\n\n${SHOPS}\n\nSource: the Harbour Office of New Town, its yearly count of boats and of people on them\n`,
  ],
  [
    "a summary over a line",
    `${BRIDGE}\n\n---\n\nIt was a long night. ${BRIDGE} ${SHOPS}\n\n${FERRY}\n`,
  ],
  [
    "what a caption says again",
    `${BRIDGE}\n\n<figure>\n<img src="bridge.png">\n<figcaption>\n\n${BRIDGE.replace("old", "very old")}\n\n</figcaption>\n</figure>\n`,
  ],
  [
    "things in a row",
    `The first boat belongs to the harbour office of the town, and it has a crew of seven people and a dog.\n\nThe second boat belongs to the harbour office of the town too, and it has a crew of seven people.\n`,
  ],
  [
    "results of a demonstration",
    `${BRIDGE}\n\n${SHOPS}\n\n<div class="result">\n\n${BRIDGE}\n\n</div>\n`,
  ],
])("reports nothing for %s, or at most a hint if eager", (_what, text) => {
  leavesAlone(repeatedBlock, text);
  const found = findings(repeatedBlock, text, { sensitivity: "eager" });
  for (const { severity } of found) expect(severity).toBe("hint");
});

test.each([
  [
    "far from each other",
    "\n\n",
    `\n\n${SHOPS}\n\n${BRIDGE}\n\n${FERRY}\n\nThe works will cost four million pounds, and the county and the port will share that.\n\n`,
  ],
  ["in paragraphs with more", " ", ` ${SHOPS}\n\n`],
])("if eager, a replaced number is reported %s", (_what, space, between) => {
  const [one, two] = ["37", "39"].map(
    (count) =>
      `The fire in the old mill hurt ${count} people, the police said on Monday night, and four are still in hospital.`,
  );
  const text = `${one}${between}${two}${space}It is late.\n`;
  expect(findings(repeatedBlock, text, { sensitivity: "eager" })).toHaveLength(1);
});

const LONG =
  "The harbour office keeps a list of all boats that come in, with their owners, and hands it to the council at the end of each month.";

test.each([
  `${BRIDGE}\n\n${SHOPS}\n\n${FERRY}\n\n${BRIDGE.replace("close", "fully close")}\n`,
  `${SHOPS}\n\n${FERRY}\n\n${BRIDGE}\n\n${SHOPS.replace("fear", "now fear")}\n`,
  `${LONG}\n\n${SHOPS}\n\n${LONG.replace("hands", "gives")}\n`,
])("stays loud if words were added, or a long sentence was rewritten: %s", (text) => {
  expect(findings(repeatedBlock, text).map(({ severity }) => severity)).toEqual(["warning"]);
});

const STEPS = Array.from({ length: 60 }, (_, at) => `Boat ${at} came in at ${at} and left.`);
const APART = STEPS.join("\n\n");

test.each([
  `## Day\n\n${LONG}\n\n${APART}\n\n## Night\n\n${SHOPS}\n\n## Day\n\n${LONG}\n`,
  `# A\n\n### The timetable\n\n${BRIDGE} ${SHOPS}\n\n### B\n\n${APART}\n\n### The timetable\n\n${BRIDGE} ${SHOPS}\n`,
  `## Fares\n\n${FERRY} ${SHOPS}\n\n${APART}\n\n## Boats\n\n${LONG}\n\n## Fares\n\n${FERRY} ${SHOPS.replace("stay away", "keep away")}\n`,
])("is loud about a section under the same heading: %#", (text) => {
  const severities = findings(repeatedBlock, text).map(({ severity }) => severity);
  expect(severities.filter((one) => one !== "hint")).toHaveLength(1);
});

test.each([1, 100, 400])("always reports a paragraph pasted twice, %d boats later", (boats) => {
  const between = Array.from(
    { length: boats },
    (_, at) => `## Boat ${at}\n\nIt came at ${at}.\n\n`,
  );
  const text = `# The old bridge\n\n${BRIDGE}\n\n${between.join("")}## The ferry\n\n${BRIDGE}\n`;
  expect(findings(repeatedBlock, text)).not.toEqual([]);
});

test("a deletion is safe only if nothing can be lost", () => {
  const safe = (text: string): (boolean | undefined)[] =>
    findings(repeatedBlock, text).map((finding) => finding.fixes?.[0]?.safe);
  expect(safe(`${BRIDGE}\n\n${SHOPS}\n\n${BRIDGE}\n`)).toEqual([true]);
  expect(safe(`${BRIDGE}\n\n${SHOPS}\n\n${BRIDGE.replace("old", "*old*")}\n`)).toEqual([false]);
  const noted = `${BRIDGE}[^1]`;
  expect(safe(`${noted}\n\n${SHOPS}\n\n${noted}\n\n[^1]: By eight votes to three.\n`)).toEqual([
    false,
  ]);
  const all = findings(repeatedBlock, `${BRIDGE}\n\n${SHOPS}\n\n${BRIDGE}\n`)[0]?.fixes ?? [];
  expect(all.map((fix) => fix.kind)).toEqual(all.map(() => "repeat"));
  expect(all.filter((fix) => fix.safe)).toHaveLength(1);
});

test("reads plain text by lines", () => {
  const [finding] = flags(repeatedBlock, `${BRIDGE}\n${SHOPS}\n${FERRY}\n⟦${BRIDGE}\n${SHOPS}⟧\n`, {
    format: "plaintext",
  });
  expect(getMessage(finding)).toBe(
    "“The council voted on Monday to close the old …” (2 paragraphs) repeats lines 1–2. Delete one of the two.",
  );
});
