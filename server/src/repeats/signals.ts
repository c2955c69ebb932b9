import type { Facts } from "./facts.ts";

/** One thing that counts for an accident, or against one. */
export interface Signal {
  readonly name: string;
  /** The bounds of its weight; without them the pairs alone decide. */
  readonly least?: number;
  readonly most?: number;
  /** A number of a few units, whatever the facts are. */
  readonly value: (facts: Facts) => number;
}

const log = Math.log1p;

/** It begins where its copy ends, with at most three words between them, in the same section. */
const isRightAfter = (f: Facts): boolean => f.sameSection && f.apart <= 3;

/** The signals from which the odds that a repeat is an accident are computed. */
const FOR: readonly Signal[] = [
  { name: "exact", value: (f) => Number(f.changed === 0) },
  {
    name: "nearly the same, right after its copy",
    value: (f) => Number(isRightAfter(f) && f.matched >= 0.9 * f.spanned),
  },
  {
    name: "a paragraph right after its like",
    value: (f) => Number(isRightAfter(f) && f.whole && !f.items),
  },
  { name: "length", value: (f) => log(f.spanned) - 3 },
  { name: "whole blocks", value: (f) => Number(f.whole) },
];

/**
 * Those that never raise them: a marker between the copies, a longer distance, a name replaced by a name. What two tabs
 * show, or two sections say about two things, is intended; so is what a draft says again and again.
 */
const AGAINST: readonly Signal[] = [
  {
    name: "distance, under another heading",
    value: (f) => (f.sameSection ? 0 : log(f.apart) / 3),
  },
  { name: "marker of a variant between", most: -6, value: (f) => Math.min(1, f.markers) },
  { name: "other directives or code between", value: (f) => log(f.between) },
  {
    // The shorter the passage, the more of it is filled in.
    name: "names put for names",
    value: (f) => log(f.slots) * (1 + 20 / f.spanned),
  },
  { name: "reworded", value: (f) => log(f.reworded) },
  { name: "share that differs", value: (f) => 1 - f.matched / f.spanned },
  { name: "headings alike, not one", value: (f) => (f.sameSection ? 0 : f.likeHeading) },
  { name: "phrases that a third place has", value: (f) => f.inThirdPlace },
  { name: "other phrases said twice", value: (f) => log(20 * f.repeatedBeside) },
  { name: "other phrases in both drafts", value: (f) => log(20 * f.sharedBeside) },
  { name: "repeats that share a copy", value: (f) => log(f.sharing) },
  { name: "code", value: (f) => f.code },
  { name: "callout", value: (f) => Number(f.callout) },
  { name: "nested items, or an item and none", value: (f) => Number(f.nested || f.oneItem) },
  { name: "parts of a series", value: (f) => Number(f.series) },
  {
    name: "opens one draft, or both",
    value: (f) => (Number(f.opensLater) + Number(f.opensEarlier)) / 2,
  },
  { name: "closes both drafts", value: (f) => Number(f.closesBoth) },
];

/** Its weight the pairs alone decide. */
const PARAGRAPHS: Signal = { name: "paragraphs", value: (f) => log(f.paragraphs) };

export const SIGNALS: readonly Signal[] = [
  ...FOR.map((signal) => ({ least: 0, ...signal })),
  ...AGAINST.map((signal) => ({ most: 0, ...signal })),
  PARAGRAPHS,
];

export type Sensitivity = "quiet" | "normal" | "eager";

/** What the judge learned: weights by the signals' names, for each kind of repeats, and thresholds in log-odds. */
export interface Weights {
  readonly bias: number;
  readonly weights: Readonly<Record<string, number>>;
  readonly steps: Readonly<Record<Sensitivity, Steps>>;
}

/** The log-odds from which on a repeat is a warning, an information, a hint. */
export type Steps = readonly [certain: number, likely: number, possible: number];

/** For repeats in one draft, and for those in two. */
export type Judge = Readonly<Record<"within" | "elsewhere", Weights>>;
