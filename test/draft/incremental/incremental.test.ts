import { expect, test } from "vitest";
import { incremental } from "../../../server/src/draft/incremental/incremental.ts";
import { FORMAT_IDS, getFormat } from "../../../server/src/formats/registry.ts";

test.each(FORMAT_IDS)(
  "%s hands what was computed last to the next version, and to no other",
  (id) => {
    const format = getFormat(id);
    const seen: (string | undefined)[] = [];
    const textOf = incremental((draft, last: string | undefined) => {
      seen.push(last);
      return draft.text;
    });
    const lengthOf = incremental((draft) => draft.text.length);
    const first = format.parse("One.");
    expect([textOf(first), textOf(first), lengthOf(first)]).toEqual(["One.", "One.", 4]);
    const second = format.parse("One!", first);
    const third = format.parse("One!?", second);
    // Nobody asked about the second; the third goes on from the first.
    expect([textOf(third), textOf(third), lengthOf(third)]).toEqual(["One!?", "One!?", 5]);
    // An earlier version is still what it was, and a draft read from nothing knows none.
    expect([textOf(first), lengthOf(first)]).toEqual(["One.", 4]);
    expect(textOf(format.parse("One."))).toBe("One.");
    expect(seen).toEqual([undefined, "One.", "One!?", undefined]);
  },
);

test("drafts are equal whatever was computed from them", () => {
  const markdown = getFormat("markdown");
  const [one, two] = [markdown.parse("One."), markdown.parse("One.")];
  expect(incremental((draft) => draft.text)(one)).toBe("One.");
  expect(one).toStrictEqual(two);
});
