import { expect, test } from "vitest";
import type { Draft } from "../../server/src/draft/draft.ts";
import { fingerprint } from "../../server/src/repeats/fingerprints.ts";
import { RepeatIndex } from "../../server/src/repeats/index.ts";
import { repeatedElsewhere } from "../../server/src/rules/repeated-elsewhere.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { compared } from "../support/compared.ts";
import { draftOf, withMarks } from "../support/rules.ts";

const BRIDGE =
  "The council voted on Monday to close the old bridge to lorries until the spring of next year after new cracks.\n";
const FERRY = "A small ferry that carries cyclists and walkers will run twice an hour instead.\n";
const SHOPS = "Shop owners on the quay fear that customers from the valley will stay away.\n";
const CRACKS = "Engineers found cracks in two of the nine arches when the river was low.\n";

/** Two drafts that share a passage which opens neither. */
const TWO = { a: `${FERRY}\n${BRIDGE}`, b: `${SHOPS}\n${BRIDGE}\n${CRACKS}` };

test("flags the passage in the later draft, with a hint in the other, and names the other", () => {
  const found = compared(TWO);
  expect(withMarks(TWO.a, found("a"))).toBe(`${FERRY}\n⟦${BRIDGE.trimEnd()}⟧\n`);
  expect(withMarks(TWO.b, found("b"))).toBe(`${SHOPS}\n⟦${BRIDGE.trimEnd()}⟧\n\n${CRACKS}`);
  expect([found("a")[0]?.severity, found("b")[0]?.severity]).toEqual(["hint", "information"]);
  expect(found("a").map(({ message }) => message)).toEqual([
    "“The council voted on Monday to close the old bridge to …” repeats line 3 of “b”. Keep one.",
  ]);
  expect(found("a")[0]?.related).toMatchObject([{ uri: "b", start: SHOPS.length + 1 }]);
});

const PASSAGE = `${BRIDGE.trimEnd()} The mayor said that nobody had a choice, and that the ferry would cost the town two million in the first year alone.\n`;

test.each([
  ["an item", `${SHOPS}\n* * *\n\n${PASSAGE}\n- [Why it closes](bridge.md)\n\n${CRACKS}`],
  ["a card", `${SHOPS}\n## News\n\n${PASSAGE}\n[Read on](/news/bridge.md/)\n\n${CRACKS}`],
  ["a title", `${SHOPS}\n[Why it closes](../bridge.md#why)\n\n${PASSAGE}\n${CRACKS}`],
])("of a teaser that leads to the page, %s, says no more than a hint", (_what, teaser) => {
  const severities = (news: string): string[] => {
    const found = compared({ "bridge.md": `${FERRY}\n${PASSAGE}`, "news.md": news });
    return ["bridge.md", "news.md"].flatMap(found).map(({ severity }) => severity);
  };
  expect(severities(teaser)).not.toContain("information");
  expect(severities(teaser.replace("bridge.md", "ferry.md"))).toContain("information");
});

test("says how many words were changed", () => {
  const whole = `${BRIDGE.trimEnd()} ${SHOPS.trimEnd()} ${FERRY}`;
  const changed = whole.replace("lorries", "cars");
  const found = compared({
    a: `${CRACKS}\n${whole}`,
    b: `Read on.\n\n${changed}\nIt is late.\n`,
  });
  expect(found("b")[0]?.message).toContain(", with 1 word changed.");
});

test("of two equal copies one alone is safe to delete", () => {
  const found = compared(TWO);
  const own = (name: "a" | "b") => {
    const fixes = found(name).flatMap((finding) => finding.fixes ?? []);
    return fixes.find(({ uri }) => uri === undefined);
  };
  expect([own("a")?.safe, own("b")?.safe]).toEqual([false, true]);
  expect(applyEdits(TWO.b, own("b")?.edits ?? [])).toBe(`${SHOPS}\n${CRACKS}`);
});

test("a draft that as a whole is in another is one hint, on the first line of the copy", () => {
  const text = `${BRIDGE}\n${FERRY}`;
  const equal = compared({ a: text, b: text });
  expect(equal("b")).toMatchObject([
    { severity: "hint", start: 0, end: BRIDGE.length - 1, related: [{ uri: "a" }] },
  ]);
  expect(equal("a")).toEqual([]);
  const part = compared({ a: text, b: `${text}\n${SHOPS}\n${CRACKS}` });
  expect(part("a").map(({ message }) => message)).toEqual([
    "This draft stands in “b” too. Its passages are not told one by one.",
  ]);
  expect(part("b")).toEqual([]);
});

test.each([2, 3, 4])("a passage in more than %i drafts is boilerplate", (maxDrafts) => {
  const all = [FERRY, SHOPS, CRACKS, "One.\n", "Two.\n"].map((own, at): [string, string] => [
    String(at),
    // As many words of its own that it is not a copy as a whole.
    `${own}\n${BRIDGE}\n${`Own${at} `.repeat(12).trim()}.\n`,
  ]);
  const last = String(maxDrafts - 1);
  const few = compared(Object.fromEntries(all.slice(0, maxDrafts)), { maxDrafts });
  expect(few(last)).toHaveLength(1);
  expect(few(last)[0]?.related).toHaveLength(maxDrafts - 1);
  const many = compared(Object.fromEntries(all.slice(0, maxDrafts + 1)), { maxDrafts });
  expect(many(last)).toEqual([]);
});

test("passages of fewer words are left alone", () => {
  expect(compared(TWO, { minWords: 17 })("a")).toHaveLength(1);
  expect(compared(TWO, { minWords: 40 })("a")).toEqual([]);
});

test("a draft that can't be read again is skipped, and a single draft has no findings", () => {
  const index = new RepeatIndex(3);
  const draft = draftOf(BRIDGE);
  for (const name of ["a", "b"]) index.add(name, fingerprint(draft));
  const among = { uri: "a", index, getName: (one: string) => one };
  const options = { minWords: 12, maxDrafts: 3 };
  expect(repeatedElsewhere.check({ ...among, readDraft: () => undefined }, options)).toEqual([]);
  const only = (name: string): Draft | undefined => (name === "a" ? draft : undefined);
  expect(repeatedElsewhere.check({ ...among, readDraft: only }, options)).toEqual([]);
  expect(compared({ a: BRIDGE })("a")).toEqual([]);
});
