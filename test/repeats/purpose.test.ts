import { describe, expect, test } from "vitest";
import {
  areNumbered,
  isCaption,
  isCredit,
  isDemonstrated,
  isSummary,
  linksTo,
  opensEntries,
  opensTwins,
} from "../../server/src/repeats/purpose.ts";
import { draftOf, firstBlock } from "../support/rules.ts";

/** The indices of the blocks of a draft that hold a word. */
function holding(text: string, word: string): readonly [number, number] {
  const { blocks } = draftOf(text);
  const [first = -1, second = -1] = blocks.flatMap(({ source }, at) =>
    source.includes(word) ? [at] : [],
  );
  return [first, second];
}

describe("why a passage stands twice", () => {
  test.each([
    ["r[a.b]\nSaid.\n\nr[a.c]\nSaid.", true],
    ["### `day`\n\nSaid.\n\n### `night`\n\nSaid.", true],
    ["### `day` _New_\n\nFirst.\n\nSaid.\n\n### `night`\n\nOther.\n\nSaid.", true],
    ["#### day-limit-on\n\nFirst. Said.\n\n#### night-limit-on\n\nSaid.", true],
    ["## Day-to-day work\n\nSaid.\n\n## Night-to-night work\n\nSaid.", false],
    ["### -Include\n\nSaid.\n\n### -Exclude\n\nSaid.", true],
    ["| a |\n|---|\n| b |\n\nSaid.\n\n| a |\n|---|\n| c |\n\nSaid.", true],
    ["```\nday(one)\n```\n\nSaid.\n\n```\nnight(one)\n```\n\nSaid.", true],
    ["## All\n\n`day`\n: Said.\n\n## Each\n\n`day`\n: Said.", true],
    ["## All\n\n`day`\n: Said.\n\n`night`\n: Other.\n\n`day`\n: Said.", false],
    ["### Day\n\nSaid.\n\n### Night\n\nSaid.", false],
    ["r[a.b]\nSaid.\n\nSaid.", false],
  ])("entries of a reference: %j", (text, expected) => {
    const [first, second] = holding(text, "Said");
    expect(opensEntries(draftOf(text), second, draftOf(text), first)).toBe(expected);
  });

  test.each([
    ['<div class="result">\n\nSaid.\n\n</div>', true],
    ["```md\n- Saying\n- Said.\n```\n\nBut how?\n\nSaying", true],
    ['<div class="resulting">\n\nSaid.\n\n</div>', false],
  ])("what a demonstration shows: %j", (text, expected) => {
    const { blocks } = draftOf(text);
    const last = blocks.findLastIndex(({ kind }) => kind === "paragraph");
    expect(isDemonstrated(draftOf(text), last)).toBe(expected);
  });

  test.each([
    ["[on](bridge.md)\n\nSaid.", true],
    ["Said.\n\n[on](/news/bridge/#why)", true],
    ["Said, [it](bridge?a=b).", true],
    ["Said, [it](https://example.org/bridge?a=b).", false],
    ["Said, [it](//example.org/bridge).", false],
    ["## [On](bridge.md)\n\nOther.\n\nFurther.\n\nSaid.", true],
    ["## [On](bridge.md)\n\n## By\n\nSaid.", false],
    ["Said.\n\nOther.\n\n[on](bridge.md)", false],
    ["Said, [it](#bridge).", false],
  ])("a teaser: %j", (text, expected) => {
    const [first] = holding(text, "Said");
    expect(linksTo(draftOf(text), first, first, ["bridge", "news"])).toBe(expected);
  });

  test.each([
    ["---\ntitle: A\n---\n\nSaid.\n\n---\n\nOther. Said.", true],
    ["# A\n\nSaid.\n\n<!-- more -->\n\nOther. Said.", true],
    ["Said.\n\n<!--truncate-->\n\nOther. Said.", true],
    ["Said.\n\n<!-- moreover -->\n\nOther. Said.", false],
    ["Other.\n\nSaid.\n\n---\n\nOther. Said.", false],
    ["Said.\n\nOther.\n\n---\n\nOther. Said.", false],
  ])("a summary: %j", (text, expected) => {
    const [first] = holding(text, "Said");
    expect(isSummary(draftOf(text), first, first)).toBe(expected);
  });

  test.each([
    ["<figure>\n<figcaption>\n\nSaid.\n\n</figcaption>\n</figure>", true],
    ['<figure><img src="a.png"><figcaption class="small">\n\nSaid.', true],
    ["<figure>\n\nSaid.\n\n</figure>", false],
    ["Said.", false],
  ])("a caption: %j", (text, expected) => {
    const [first] = holding(text, "Said");
    expect(isCaption(draftOf(text), first, first)).toBe(expected);
  });

  test.each([
    ["Example 6: Open a file", "Example 7: Close a file", true],
    ["CVE-2015-6764 Access out of bounds", "CVE-2015-3193 Wrong results", true],
    ["Option 2 (small)", "option 4 (large)", true],
    ["Step 1", "Step 1", false],
    ["3. The bridge", "4. The ferry", false],
    ["The bridge in 2023", "The ferry of 2024", false],
    ["Example 6", "Step 7", false],
    ["The bridge", "The ferry", false],
  ])("parts of a kind: %s, %s", (one, other, expected) => {
    expect(areNumbered(draftOf(`## ${one}\n\n## ${other}\n`), 0, 1)).toBe(expected);
  });

  test.each([
    ["– Ann Lee, head of the office", true],
    ["Photo: Ann Lee", true],
    ["By Ann Lee and Ben Aas", true],
    ["By Monday the bridge was open.", false],
    ["Sources said that it was closed", false],
    ["", false],
  ])("a credit line: %j", (text, expected) => {
    expect(isCredit(text === "" ? undefined : firstBlock(text))).toBe(expected);
  });
});

test.each([
  ["## Day\n\nSaid.\n\n## Night\n\nOther.\n\n## Day\n\nSaid.", true],
  ["# All\n\n## Day\n\nSaid.\n\n### Fares\n\nOther.\n\n## Day\n\nSaid.", true],
  ["# All\n\n## Day\n\nSaid.\n\n# Each\n\n## Day\n\nSaid.", false],
  ["## The `day`\n\nSaid.\n\n## The `night`\n\nSaid.", false],
  ["## Day\n\nSaid.\n\n## Night\n\nSaid.", false],
  ["## Day\n\nSaid.\n\n## Day\n\nSaid.\n\n## Day\n\nOther.", false],
  ["## Day\n\nOther.\n\nSaid.\n\n## Day\n\nSaid.", false],
])("a section that was pasted twice: %j", (text, expected) => {
  const [first, second] = holding(text, "Said");
  expect(opensTwins(draftOf(text), second, first)).toBe(expected);
});
