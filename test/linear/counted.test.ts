import { expect, test } from "vitest";
import { workCounter, type CountedWork } from "../support/counted-work.ts";

/*
 * The law of linear work: when a text doubles, no function of ours does more than about twice as much, whatever the
 * text, the format and the rule; and no text costs many times more than another of its length. Rules and formats come
 * from their lists, so new ones are included. Work is counted instead of timed; `processor-time.test.ts` covers
 * libraries and expressions, and ESLint reads each expression as well.
 */

// The counter must exist before the counted code is loaded.
const count = workCounter("/server/src/");
const { read, workOver } = await import("../support/readings.ts");
const { CELLS, onlyCell } = await import("./cells.ts");
const { getFormat: formatOf } = await import("../../server/src/formats/registry.ts");
const { findRepeats: findRuns } = await import("../../server/src/repeats/repeats.ts");
const { getSequence: sequenceOf } = await import("../../server/src/repeats/sequence.ts");
const { mayReport } = await import("../../server/src/repeats/bound.ts");
const { withoutHeldBack } = await import("../../server/src/lsp/quiet.ts");
const { passageDigests: digestsOf } =
  await import("../../server/src/engine/suppression/suppress.ts");
const { wording } = await import("../../server/src/text/wording.ts");
const { packRow, unpackedRow } = await import("../../server/src/repeats/packed-row.ts");

/** The first length; what grows too fast is tried again at twice the length, up to the last. */
const FIRST = 1024;
const LAST = 1 << 19;
const GROWTH = 2.2;
/** Functions that run less often than once for this many units are skipped. */
const UNITS = 2;
/** A function that grew too fast up to this length, and runs this often for each unit, is not tried further. */
const ENOUGH = 16_384;
const MUCH = 2000;
/**
 * The most work for each unit in reading and judging a text, all functions together. Each product of the net counts,
 * and a gap takes some thousands: paragraphs of a word and a question mark take the most, 7,800.
 */
const MOST_EACH = 10_000;
/** The length at which that is measured. */
const LONG = 8192;

test.each(CELLS)("%s", (name, format, make) => {
  const { total } = count(() => {
    read(format, make(LONG));
  });
  expect(total / LONG, onlyCell(name)).toBeLessThan(MOST_EACH);
  expectLinear(onlyCell(name), (length) => {
    workOver(format, make(length));
  });
});

test("passages far from each other, before a long row of near ones", () => {
  const run = (length: number): void => {
    const text = `${farApart(length / 2)}${apart("x")}\n\n${near(length / 2)}`;
    const sequence = sequenceOf(formatOf("plaintext").parse(text));
    findRuns(sequence, sequence);
  };
  expectLinear("passages far from each other", run, 32 * FIRST);
});

test("many new findings in the paragraph being written, with as many shown before", () => {
  const found = (start: number) => ({
    ...{ rule: "word", start, end: start + 1 },
    ...{ severity: "warning" as const, message: wording("word") },
  });
  expectLinear("new findings", (length) => {
    const places = Array.from({ length: length / 4 }, (_, index) => 2 * index);
    const words = "a ".repeat(places.length);
    const draft = formatOf("plaintext").parse(`${words}\n\n${words}`);
    const shown = places.map((at) => found(words.length + 2 + at));
    withoutHeldBack(places.map(found), draft, { path: "a.txt", caret: 0, until: 0 }, shown);
  });
});

test("digests of many findings in a paragraph without words", () => {
  expectLinear("digests", (length) => {
    const links = "… [](a) !!! — ".repeat(length / 16);
    const draft = formatOf("markdown").parse(links);
    const digest = digestsOf(draft);
    for (let start = 2; start < links.length; start += 14) digest({ start, end: start + 5 });
  });
});

test("digests of many findings without words, beside a long paragraph", () => {
  expectLinear("digests", (length) => {
    const words = "The ferry left. ".repeat(length / 32);
    const marks = `Noon. ${"— — — — — — — — — — —. ".repeat(length / 46)}`;
    const draft = formatOf("markdown").parse(`${words}\n\n${marks}`);
    const digest = digestsOf(draft);
    const first = words.length + 8;
    for (let at = first; at < first + marks.length - 30; at += 23)
      digest({ start: at, end: at + 3 });
  });
});

test("two drafts of one paragraph each that share many sentences, by their rows", () => {
  const options = { minWords: 12, sensitivity: "eager" } as const;
  expectLinear("two drafts", (length) => {
    const [one, other] = ["a", "b"].map((name) => {
      const draft = formatOf("plaintext").parse(withShared(name, length));
      return { uri: name, row: unpackedRow(packRow(draft)) };
    });
    if (one !== undefined && other !== undefined) mayReport(one, other, options);
  });
});

/** A paragraph of sentences, every seventh of which also occurs with another name. */
function withShared(name: string, length: number): string {
  return numberedUpTo(length, (n) => {
    const own = n % 7 === 0 ? "" : name;
    const words = Array.from({ length: 12 }, (_, at) => `${own}${n}x${at}`);
    return `The ${words.join(" ")}. `;
  });
}

/** A passage again and again, each time in another paragraph. */
function farApart(length: number): string {
  return numberedUpTo(length, (n) => `one passage again and again ${apart(`${n}x`)}.\n\n`);
}

/** More words than a match can span, all different. */
function apart(name: string): string {
  return Array.from({ length: 60 }, (_, at) => `${name}${at}`).join(" ");
}

/** The same few words again and again, with a different one between them each time. */
function near(length: number): string {
  return numberedUpTo(length, (n) => `the other five words here ${n}\n`);
}

/** Pieces that each contain a number of their own. */
function numberedUpTo(length: number, piece: (n: number) => string): string {
  const pieces: string[] = [];
  for (let units = 0; units < length; units += pieces.at(-1)?.length ?? 0) {
    pieces.push(piece(pieces.length));
  }
  return pieces.join("");
}

/** Fails, naming `what`, if a function grows too fast with the length, from `first` on. */
function expectLinear(what: string, run: (length: number) => void, first = FIRST): void {
  const work = (length: number): CountedWork =>
    count(() => {
      run(length);
    });
  let length = first;
  let before = work(length);
  let suspects: string[] | undefined;
  while (suspects === undefined || (suspects.length > 0 && length < LAST)) {
    length *= 2;
    const after = work(length);
    suspects = growing(before, after, length, suspects);
    before = after;
    if (length >= ENOUGH && suspects.some((name) => runs(after, name) > MUCH * length)) break;
  }
  expect(suspects, what).toEqual([]);
}

/** Of the functions that grew too fast at each length so far, those that do again. A binary search may, at first. */
function growing(
  before: CountedWork,
  after: CountedWork,
  length: number,
  suspects: readonly string[] | undefined,
): string[] {
  const found: string[] = [];
  for (const name of suspects ?? after.byFunction.keys()) {
    const now = runs(after, name);
    if (now * UNITS > length && now > GROWTH * runs(before, name)) found.push(name);
  }
  return found;
}

function runs({ byFunction }: CountedWork, name: string): number {
  return byFunction.get(name) ?? 0;
}
