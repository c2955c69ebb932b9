import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Draft } from "../../server/src/draft/draft.ts";
import { repeatedElsewhere } from "../../server/src/rules/repeated-elsewhere.ts";
import { fingerprint, type Fingerprints } from "../../server/src/repeats/fingerprints.ts";
import { RepeatIndex } from "../../server/src/repeats/index.ts";
import { draftOf } from "../support/rules.ts";
import { NEWS } from "../support/passages.ts";
import { runs } from "../support/property.ts";

const OPTIONS = { minWords: 12, maxDrafts: 3 };

const SENTENCES = [...NEWS, "Nobody was hurt."];

/** Drafts by name, with an index that has all of them. */
class Desk {
  readonly drafts = new Map<string, Draft>();
  readonly index = new RepeatIndex(OPTIONS.maxDrafts);

  put(uri: string, text: string | undefined): readonly string[] {
    if (text === undefined) {
      this.drafts.delete(uri);
      return this.index.replace(uri, undefined);
    }
    const draft = draftOf(text);
    this.drafts.set(uri, draft);
    return this.index.replace(uri, fingerprint(draft));
  }

  findings(uri: string) {
    const readDraft = (other: string): Draft | undefined => this.drafts.get(other);
    const getName = (other: string): string => other;
    return repeatedElsewhere.check({ uri, index: this.index, readDraft, getName }, OPTIONS);
  }

  all() {
    return new Map([...this.drafts.keys()].sort().map((uri) => [uri, this.findings(uri)]));
  }
}

const [BRIDGE, SHOPS, FERRY, CRACKS, MAYOR, ARCHIVE] = NEWS;

describe("repeats between drafts", () => {
  test("are boilerplate in more than three drafts, and counted", () => {
    const body = [BRIDGE, SHOPS, FERRY, CRACKS, MAYOR];
    const drafts = new Desk();
    for (const [at, text] of body.entries()) {
      drafts.put(`${at}.md`, `${text}\n\n${ARCHIVE} Ask for it.\n\n${body[(at + 1) % 5]}\n`);
    }
    for (const found of drafts.all().values()) expect(found).toEqual([]);
    expect(drafts.index.leftOut()).toBe(1);
    for (const at of [0, 1]) drafts.put(`${at}.md`, undefined);
    expect(drafts.findings("4.md").map(({ related }) => related?.length)).toEqual([2]);
    expect(drafts.index.leftOut()).toBe(0);
  });

  test("change nothing if nothing has changed", () => {
    const drafts = new Desk();
    drafts.put("a.md", `${BRIDGE}\n`);
    drafts.put("b.md", `${BRIDGE}\n\n${SHOPS}\n`);
    expect(drafts.put("a.md", `${BRIDGE}\n`)).toEqual([]);
    expect(drafts.put("a.md", `${BRIDGE} Yes.\n`)).toEqual(["a.md", "b.md"]);
  });
});

const text = fc
  .array(fc.array(fc.constantFrom(...SENTENCES), { minLength: 1, maxLength: 3 }), { maxLength: 5 })
  .map((paragraphs) => paragraphs.map((sentences) => sentences.join(" ")).join("\n\n"));

/** A date decides which of two drafts is the later, so a draft's findings change with another's date. */
const dated = fc
  .tuple(
    fc.constantFrom("", "---\ndate: 2024-05-01\n---\n\n", "---\ndate: 2023-01-01\n---\n\n"),
    text,
  )
  .map(([front, body]) => front + body);

const event = fc.record({
  uri: fc.constantFrom("a.md", "b.md", "c.md", "d.md", "e.md", "f.md"),
  text: fc.option(dated, { nil: undefined, freq: 4 }),
});

const printsOf = (hashes: readonly number[]): Fingerprints => ({
  hashes: Uint32Array.from(hashes),
  places: Uint32Array.from(hashes.keys()),
  words: hashes.length,
  content: hashes.reduce((sum, hash) => sum * 31 + hash, 1),
  layout: 1,
  row: new Uint32Array(3),
});

describe("the index", () => {
  test.each([
    ["before the change", [2, 4, 2], [2, 4]],
    ["after it", [2, 4, 2], [4, 2]],
    ["elsewhere", [2, 4], [4, 2]],
  ])("has what stays %s, and names no draft for it", (_, before, after) => {
    const index = new RepeatIndex();
    index.add("a.md", printsOf([2]));
    index.add("b.md", printsOf(before));
    expect(index.replace("b.md", printsOf(after))).toEqual(["b.md"]);
    expect(index.replace("a.md", printsOf([]))).toEqual(["a.md", "b.md"]);
  });

  test("after any changes equals a new one, and names all affected drafts", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 14 }), (events) => {
        const changing = new Desk();
        let before = changing.all();
        for (const { uri, text } of events) {
          const affected = new Set(changing.put(uri, text));
          const now = changing.all();
          for (const [other, found] of now) {
            if (!affected.has(other)) expect(found).toEqual(before.get(other));
          }
          before = now;
        }
        const fresh = new Desk();
        for (const [uri, draft] of [...changing.drafts].sort()) fresh.put(uri, draft.text);
        expect(changing.all()).toEqual(fresh.all());
        expect(changing.index.leftOut()).toBe(fresh.index.leftOut());
        const filled = new RepeatIndex(OPTIONS.maxDrafts);
        for (const [uri, prints] of changing.index.getDrafts()) filled.add(uri, prints);
        for (const uri of changing.drafts.keys()) {
          expect(filled.findPartners(uri)).toEqual(fresh.index.findPartners(uri));
          expect(filled.getCopies(uri)).toEqual(fresh.index.getCopies(uri));
        }
        expect(filled.leftOut()).toBe(fresh.index.leftOut());
      }),
      runs(60),
    );
  });

  test("keeps its table in order through many additions and removals", () => {
    const index = new RepeatIndex();
    const prints = (seed: number): Fingerprints =>
      printsOf(Array.from({ length: 900 }, (_, at) => ((at * 7919 + seed * 104729) % 6007) * 2));
    for (let seed = 1; seed <= 12; seed++) index.replace(`${seed}`, prints(seed));
    const full = [...Array(12).keys()].map((at) => index.findPartners(`${at + 1}`, 12));
    for (let seed = 13; seed <= 40; seed++) index.replace(`${seed}`, prints(seed));
    for (let seed = 40; seed >= 13; seed--) index.replace(`${seed}`, undefined);
    expect([...Array(12).keys()].map((at) => index.findPartners(`${at + 1}`, 12))).toEqual(full);
  });
});

test.each([0, 1, 2, 12, 13, 14, 30])(
  "%i copies of a draft are in order while they are added and removed",
  (count) => {
    const desk = new Desk();
    const names = Array.from({ length: count + 1 }, (_, at) => `page-${at}.md`);
    // Added from both ends, so that the order of adding is never that of names.
    const mixed = names.map((_, at) => names[at % 2 === 0 ? at / 2 : count - (at - 1) / 2] ?? "");
    for (const name of mixed) desk.put(name, SENTENCES.join(" "));
    const [first = "", ...others] = names;
    expect(desk.index.getCopies(first)).toEqual(others);
    expect(desk.index.comparedWith(first)).toEqual(others.slice(0, 12));
    for (const name of others) desk.put(name, undefined);
    expect(desk.index.getCopies(first)).toEqual([]);
  },
);
