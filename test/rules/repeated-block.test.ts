import { describe, expect, test } from "vitest";
import { repeatedBlock } from "../../server/src/rules/repeated-block.ts";
import { expectExamples, fixes, flags, leavesAlone } from "../support/rules.ts";

const BRIDGE = "The council voted on Monday to close the old bridge to lorries until the spring.";
const SHOPS =
  "Shop owners on the quay fear that customers from the valley will stay away for months.";
const FERRY = "A small ferry that carries cyclists and walkers will run twice an hour instead.";

describe("repeated-block", () => {
  test("does what its page says", () => {
    expectExamples(repeatedBlock);
  });

  test("tells a run of paragraphs once, from its first word to its last", () => {
    const [finding] = flags(
      repeatedBlock,
      `${BRIDGE}\n\n${SHOPS}\n\n${FERRY}\n\nNobody was hurt.\n\n⟦${BRIDGE}\n\n${SHOPS}\n\n${FERRY}⟧\n`,
    );
    expect(finding?.message).toBe(
      "Lines 9–13 (3 paragraphs) repeat lines 1–5. Delete one of the two.",
    );
    expect(finding?.related).toMatchObject([
      { start: 0, end: `${BRIDGE}\n\n${SHOPS}\n\n${FERRY}`.length },
    ]);
    expect(finding?.unnecessary).toBe(true);
  });

  test("tells an edited copy, and what differs", () => {
    const [finding] = flags(
      repeatedBlock,
      `${BRIDGE}\n\n${SHOPS}\n\n⟦The council decided on Monday to close the old bridge to heavy lorries until the spring.⟧\n`,
    );
    expect(finding?.message).toBe(
      "Repeats line 1, with 2 words changed. Keep the better of the two.",
    );
    expect(finding?.related?.[0]?.message).toBe(
      "The other copy. They differ: “decided” here, “voted” there; “heavy” only here",
    );
    expect(finding?.unnecessary).toBeUndefined();
  });

  test("makes nothing of case, quote style, spacing and markup", () => {
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

  test("deletes this copy with its blank lines", () => {
    const text = `${BRIDGE}\n\n${SHOPS}\n\n${BRIDGE}\n\n${FERRY}\n`;
    expect(
      fixes(repeatedBlock, text, "Delete this copy", `${BRIDGE}\n\n${SHOPS}\n\n${FERRY}\n`),
    ).toEqual([]);
    expect(
      fixes(repeatedBlock, text, "Delete the other copy", `${SHOPS}\n\n${BRIDGE}\n\n${FERRY}\n`),
    ).toEqual([]);
  });

  test("deletes a copy at the end of the draft", () => {
    fixes(
      repeatedBlock,
      `${BRIDGE}\n\n${SHOPS}\n\n${BRIDGE}\n`,
      "Delete this copy",
      `${BRIDGE}\n\n${SHOPS}\n`,
    );
  });
});
