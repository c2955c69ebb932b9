import { describe, expect, test } from "vitest";
import type { Block } from "../../../server/src/draft/draft.ts";
import type { Report } from "../../../server/src/draft/finding.ts";
import { hasEmptyPart, linkReports } from "../../../server/src/rules/support/empty-parts.ts";
import { applyEdits } from "../../../server/src/text/edits.ts";
import { draftOf } from "../../support/rules.ts";

const BEFORE = "Words.\n\n";

function blockOf(text: string): Block {
  const block = draftOf(BEFORE + text).blocks[1];
  if (block === undefined) throw new Error(`No block: ${text}`);
  return block;
}

function reports(text: string): readonly Report[] {
  const block = blockOf(text);
  return block.marks
    .filter((mark) => hasEmptyPart(block, mark))
    .flatMap((mark) => linkReports(block, mark, BEFORE.length, "TK"));
}

describe("a link or image with an empty part, and what may be done", () => {
  test.each<[string, string[]]>([
    ["See [the map]() here.", ["See [the map](TK) here.", "See the map here."]],
    ["See [](a.html) here.", ["See [TK](a.html) here."]],
    ["See []() here.", ["See [TK](TK) here."]],
    ["See ![the map]() here.", ["See ![the map](TK) here."]],
    ["See [ ](a.html) here.", ["See [TK](a.html) here."]],
    // With a title, the target has no place of its own to be put in.
    ["See [the map](<>) here.", ["See the map here."]],
    [
      'See <a href="">the map</a> here.',
      ['See <a href="TK">the map</a> here.', "See the map here."],
    ],
    ["See <a href>the map</a> here.", ["See the map here."]],
  ])("%s", (text, expected) => {
    const found = reports(text);
    expect(found).toHaveLength(1);
    const fixed = found.flatMap(({ fixes }) =>
      (fixes ?? []).map(({ edits }) => applyEdits(BEFORE + text, edits).slice(BEFORE.length)),
    );
    expect(fixed).toEqual(expected);
    for (const { message } of found) expect(message).toMatch(/^“.+”: .+\.$/);
  });

  test("the cursor selects each placeholder", () => {
    const [report] = reports("See []() here.");
    const [fix] = report?.fixes ?? [];
    expect(fix?.edits).toHaveLength(2);
    fix?.edits.forEach(({ newText }, index) => {
      const stop = fix.stops?.[index];
      expect(newText.slice(stop?.start, stop?.end)).toBe("TK");
    });
  });

  test("a badge that leads nowhere is a hint", () => {
    expect(reports("[![a](b.svg)]()")[0]?.severity).toBe("hint");
    expect(reports("See [the map]()")[0]?.severity).toBeUndefined();
  });
});

test.each([
  "See [the map](a.html) here.",
  "![](a.png)",
  // Code.
  "options[key]()",
  // Empty on purpose: an anchor, a page or a label whose title is filled in, attributes.
  "[](#a)",
  "See [](a.md) here.",
  "See [](a-label) here.",
  "See [](doc:a b) here.",
  "See [](a.html){.icon} here.",
  // A script may fill it in, or nothing is shown.
  '<a href="" class="a">b</a>',
  '<a href=""></a>',
  '<a href="a.html"></a>',
  "<a name='a'>b</a>",
])("none: %s", (text) => {
  expect(reports(text)).toEqual([]);
});
