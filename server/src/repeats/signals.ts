import type { Facts } from "./facts.ts";

/** One thing that speaks for an accident, or against one. */
export interface Signal {
  readonly name: string;
  /** Between which bounds its weight lies; without them the pairs alone decide. */
  readonly least?: number;
  readonly most?: number;
  /** A number from about 0 to 4, whatever the facts are. */
  readonly value: (facts: Facts) => number;
}

const log = Math.log1p;

const isExact = (f: Facts): boolean => f.changed === 0;
/** It begins within so many words of its copy, in the same section. */
const isWithin = (f: Facts, words: number): boolean => f.apart <= words && f.sameSection;

/** The signals by which the odds are told that a repeat is an accident. */
const FOR: readonly Signal[] = [
  { name: "same section", value: (f) => Number(f.sameSection) },
  { name: "exact", value: (f) => Number(isExact(f)) },
  { name: "exact, right beside its copy", value: (f) => Number(isExact(f) && isWithin(f, 15)) },
  {
    name: "nearly the same, right after its copy",
    value: (f) => Number(isWithin(f, 3) && f.spanned >= 20 && f.matched >= 0.9 * f.spanned),
  },
  {
    name: "a paragraph right after its like",
    value: (f) => Number(isWithin(f, 3) && f.whole && !f.items),
  },
  { name: "length", value: (f) => log(f.spanned) - 3 },
  { name: "whole blocks", value: (f) => Number(f.whole) },
  { name: "whole sentences", value: (f) => Number(f.sentences) },
];

/**
 * Those that never make them higher: a marker between the copies, a longer way from one to the other, a
 * name put for a name. What two tabs show, two people are asked or two headings explain step by step is meant.
 */
const AGAINST: readonly Signal[] = [
  { name: "distance", value: (f) => log(f.apart) / 3 },
  {
    name: "distance, under another heading",
    value: (f) => (f.sameSection ? 0 : log(f.apart) / 3),
  },
  { name: "marker of a variant between", most: -6, value: (f) => Math.min(1, f.markers) },
  { name: "other directives between", value: (f) => log(f.directives) },
  { name: "code between", value: (f) => log(f.codeBetween) },
  { name: "names put for names", value: (f) => log(f.slots) },
  { name: "names put for names, in 20 words", value: (f) => log((20 * f.slots) / f.spanned) },
  { name: "the same swap twice", value: (f) => log(f.sameSwaps) },
  { name: "share that differs", value: (f) => 1 - f.matched / f.spanned },
  { name: "headings alike, not one", value: (f) => (f.sameSection ? 0 : f.likeHeading) },
  { name: "as far from its heading", value: (f) => Number(f.samePlace) },
  {
    name: "repeats in a thousand words",
    value: (f) => log((1000 * f.repeats) / (f.draftWords + 100)),
  },
  { name: "copies of its opening", value: (f) => log(f.openings) },
  { name: "repeats that share a copy", value: (f) => log(f.sharing) },
  { name: "neighbours alike", value: (f) => f.neighbours / 2 },
  { name: "fewer than 20 words", value: (f) => Math.max(0, 20 - f.spanned) / 8 },
  { name: "code", value: (f) => f.code },
  { name: "leads to code", value: (f) => f.leadsToCode / 2 },
  { name: "callout", value: (f) => Number(f.callout) },
  { name: "in tags", value: (f) => Number(f.tagged) },
  { name: "list items", value: (f) => Number(f.items) },
  { name: "nested items", value: (f) => Number(f.nested) },
  { name: "an item and none", value: (f) => Number(f.oneItem) },
  { name: "steps under two headings", most: -3, value: (f) => Number(f.steps && !f.sameSection) },
  { name: "a question", most: -3, value: (f) => Number(f.questions) },
  { name: "versions or languages", value: (f) => Number(f.variant) },
  { name: "files of one name", value: (f) => Number(f.namesake) },
  { name: "parts of a series", value: (f) => Number(f.series) },
  { name: "a part for others, or put aside", value: (f) => Number(f.putAside) },
  { name: "opens both drafts", value: (f) => Number(f.opensBoth) },
  { name: "opens one draft", value: (f) => Number(f.opensOne) },
  { name: "closes both drafts", value: (f) => Number(f.closesBoth) },
  { name: "quoted in one draft", value: (f) => Number(f.quotedOnce) },
];

/** Those of which the pairs alone decide. */
const EITHER: readonly Signal[] = [
  { name: "the only repeat", value: (f) => Number(f.repeats === 0) },
  { name: "words on one side alone", value: (f) => log(f.oneSided) },
  { name: "reworded", value: (f) => log(f.reworded) },
  { name: "paragraphs", value: (f) => log(f.paragraphs) },
];

export const SIGNALS: readonly Signal[] = [
  ...FOR.map((signal) => ({ least: 0, ...signal })),
  ...AGAINST.map((signal) => ({ most: 0, ...signal })),
  ...EITHER,
];

/** Whether two drafts share a passage on purpose by all that their names, and its places in them, say: a hint at most. */
export function isShared(f: Facts): boolean {
  const byNames = f.variant || f.namesake || f.series || f.putAside;
  return byNames || f.opensBoth || f.closesBoth || f.quotedOnce || f.notes || f.introduced;
}

/** How readily repeats are told. */
export type Sensitivity = "quiet" | "normal" | "eager";

/** What the judge learned: of each kind of repeats the weights by the signals' names, and the steps in log-odds. */
export interface Weights {
  readonly bias: number;
  readonly weights: Readonly<Record<string, number>>;
  readonly steps: Readonly<Record<Sensitivity, Steps>>;
}

/** From which log-odds on a repeat is a warning, an information, a hint. */
export type Steps = readonly [certain: number, likely: number, possible: number];

/** For repeats in one draft, and for those in two. */
export type Judge = Readonly<Record<"within" | "elsewhere", Weights>>;
