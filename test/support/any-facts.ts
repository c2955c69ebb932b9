import fc from "fast-check";
import type { Facts } from "../../server/src/repeats/facts.ts";

const count = fc.nat(40);
const flag = fc.boolean();
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** The facts of any two copies, including many that can't exist. */
export const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    matched: fc.integer({ min: 1, max: 900 }),
    more: fc.nat(200),
    apart: fc.oneof(fc.nat(20), fc.nat(20_000)),
    sameSection: flag,
    likeHeading: share,
    markers: count,
    between: count,
    slots: count,
    oneSided: count,
    replaced: count,
    reworded: count,
    code: share,
    paragraphs: count,
    whole: flag,
    items: flag,
    nested: flag,
    oneItem: flag,
    callout: flag,
    repeats: count,
    sharing: count,
    inThirdPlace: share,
    repeatedBeside: share,
    sharedBeside: share,
    scattered: share,
    series: flag,
    opensLater: flag,
    opensEarlier: flag,
    closesBoth: flag,
    meant: flag,
    expected: flag,
    pasted: fc.boolean(),
    doubtful: fc.boolean(),
    twins: flag,
  })
  .map(({ more, ...facts }) => {
    const edits = facts.slots + facts.oneSided + facts.reworded;
    const changed = edits === 0 ? 0 : Math.max(edits, more);
    return { ...facts, spanned: facts.matched + more, changed };
  });
