import type { Facts } from "./facts.ts";

/** One thing that speaks for an accident, or against one. */
export interface Signal {
  readonly name: string;
  /** Between which bounds its weight lies; without them the pairs alone decide. */
  readonly least?: number;
  readonly most?: number;
  /** A number from about 0 to 3, whatever the facts are. */
  readonly value: (facts: Facts) => number;
}

const log = (count: number): number => Math.log1p(count);
const cap = (value: number, most: number): number => Math.min(value, most) / most;

const isExact = ({ changed }: Facts): boolean => changed === 0;
const edits = (f: Facts): number => f.slots + f.swaps + f.oneSided + f.reworded;

/**
 * The signals by which the odds are told that a repeat is an accident, most telling first. A marker between
 * the copies, a longer way from one to the other, and a name put for a name never make them higher.
 */
export const SIGNALS: readonly Signal[] = [
  { name: "same section", least: 0, value: (f) => Number(f.sameSection) },
  { name: "headings alike, not one", most: 0, value: (f) => (f.sameSection ? 0 : f.likeHeading) },
  { name: "distance", most: 0, value: (f) => log(f.apart) / 3 },
  { name: "further than 15 words", most: 0, value: (f) => Number(f.apart > 15) },
  { name: "further than 200 words", most: 0, value: (f) => Math.max(0, log(f.apart / 200)) },
  { name: "headings between", most: 0, value: (f) => log(f.headings) },
  { name: "exact", least: 0, value: (f) => Number(isExact(f)) },
  {
    name: "exact, right beside its copy",
    least: 0,
    value: (f) => Number(isExact(f) && f.apart <= 15 && f.sameSection),
  },
  { name: "right after its copy", least: 0, value: (f) => Number(f.apart <= 3 && f.sameSection) },
  {
    name: "nearly the same, right after its copy",
    least: 0,
    value: (f) =>
      Number(f.apart <= 3 && f.sameSection && f.spanned >= 20 && f.matched >= 0.9 * f.spanned),
  },
  {
    name: "a paragraph right after its like",
    least: 0,
    value: (f) => Number(f.apart <= 3 && f.sameSection && f.whole && !f.items && f.fences === 0),
  },
  { name: "as far from its heading", most: 0, value: (f) => Number(f.samePlace) },
  {
    name: "headings with the same words",
    most: 0,
    value: (f) => Number(!f.sameSection && f.likeHeading === 1),
  },
  {
    name: "repeats in a thousand words",
    most: 0,
    value: (f) => log((1000 * f.repeats) / (f.draftWords + 100)),
  },
  { name: "fewer than 20 words", most: 0, value: (f) => Math.max(0, 20 - f.spanned) / 8 },
  { name: "leads to code", most: 0, value: (f) => f.leadsToCode / 2 },
  { name: "code between", most: 0, value: (f) => log(f.codeBetween) },
  { name: "ends with a colon", most: 0, value: (f) => Number(f.colon) },
  { name: "callout", most: 0, value: (f) => Number(f.callout) },
  { name: "in tags", most: 0, value: (f) => Number(f.tagged) },
  { name: "an item and none", most: 0, value: (f) => Number(f.oneItem) },
  { name: "nested items", most: 0, value: (f) => Number(f.nested) },
  { name: "share of its block", value: (f) => Math.min(1, f.ofBlock) },
  { name: "marker of a variant between", most: -4, value: (f) => Math.min(1, f.markers) },
  { name: "other directives between", most: 0, value: (f) => log(f.directives) },
  { name: "the only repeat", value: (f) => Number(f.repeats === 0) },
  { name: "length", least: 0, value: (f) => log(f.spanned) - 3 },
  { name: "length of the draft", value: (f) => log(f.draftWords) - 6 },
  { name: "names put for names", most: 0, value: (f) => log(f.slots) },
  {
    name: "share of names put for names",
    most: 0,
    value: (f) => (edits(f) === 0 ? 0 : f.slots / edits(f)),
  },
  { name: "words put for words", value: (f) => log(f.swaps) },
  { name: "the same swap twice", most: 0, value: (f) => log(f.sameSwaps) },
  { name: "words on one side alone", value: (f) => log(f.oneSided) },
  { name: "reworded", value: (f) => log(f.reworded) },
  { name: "share that differs", most: 0, value: (f) => 1 - f.matched / f.spanned },
  { name: "code", most: 0, value: (f) => f.code },
  { name: "code blocks inside", most: 0, value: (f) => log(f.fences) },
  { name: "headings inside", most: 0, value: (f) => log(f.headingsInside) },
  { name: "paragraphs", value: (f) => log(f.paragraphs) },
  { name: "whole blocks", least: 0, value: (f) => Number(f.whole) },
  { name: "whole sentences", least: 0, value: (f) => Number(f.sentences) },
  { name: "list items", most: 0, value: (f) => Number(f.items) },
  {
    name: "numbered steps under two headings",
    most: -3,
    value: (f) => Number(f.steps && !f.sameSection),
  },
  { name: "a question", most: -3, value: (f) => Number(f.questions) },
  { name: "quoted", most: 0, value: (f) => Number(f.quoted) },
  { name: "neighbours alike", most: 0, value: (f) => cap(f.neighbours, 2) },
  { name: "copies of its opening", most: 0, value: (f) => log(f.openings) },
  { name: "repeats that share a copy", most: 0, value: (f) => log(f.sharing) },
  { name: "files of one name", most: 0, value: (f) => Number(f.sameName) },
  { name: "paths that differ in one folder", most: 0, value: (f) => Number(f.variantPath) },
  { name: "names that differ in numbers", most: 0, value: (f) => Number(f.series) },
];
