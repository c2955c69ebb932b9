import { TokenKind } from "../language/tokens.ts";
import { enlarged, type Lexicon } from "../language/lexicon.ts";
import { WordClass, wordClasses } from "../language/word-classes.ts";
import type { Clusters } from "./word-clusters.ts";
import { clusterSlot } from "./word-clusters.ts";
import { mayLead } from "./grammar.ts";
import { hashText, mix } from "../text/hash.ts";
import { isStop } from "./marks.ts";
import { Form, INFINITIVE_NOUNS, verbBits } from "./verbs.ts";

/** The facets of a word: hashed views of the word alone, in this order. */
export const Facet = {
  word: 0,
  suffix: 1,
  /** Its ambiguity class: every part of speech and valency that it may have. */
  class: 2,
  shape: 3,
  /** Words that follow the same words are alike here. */
  after: 4,
  /** Words that take the same words after them are alike here. */
  before: 5,
  /** Its class without its valency. */
  part: 6,
  /** `Flag` bits, not hashed. */
  flags: 7,
} as const;

export const FACETS = 8;

export const Flag = {
  finite: 1,
  stop: 2,
  capital: 16,
  verb: 32,
  /** A rule of grammar may find a gap after it. */
  leads: 64,
  /** "the", "my": a noun phrase has one of these. */
  heads: 128,
  /** "will", "is", "had": a verb has one of these that is finite. */
  helps: 256,
} as const;

/** The facets of the words of one lexicon: those of the word with the id `id` are at `id * FACETS`. */
export interface Vocabulary {
  /** The facets, `count` ids of which are filled in; replaced when it grows. */
  facets: Int32Array;
  count: number;
  /** The lexicon they belong to; undefined if there are none yet. */
  lexicon: Lexicon | undefined;
  readonly clusters: Clusters;
}

/**
 * Ids that every vocabulary has: for the text before a paragraph, and after it. The one right next to the words encodes
 * the kind of paragraph (see `paragraphEdges`).
 */
export const BEFORE = 0;
export const AFTER = 1;
const FIRST_BEFORE = 2;
const FIRST_AFTER = 6;
/** A word's id is its number in the lexicon plus this. */
export const EDGES = 10;

/**
 * The edges right before and right after a paragraph of `count` words whose flags begin at `from`: a lower-case start
 * means more if the paragraph ends like prose, and a missing end mark means more if it starts like prose.
 */
export function paragraphEdges(
  flags: Uint16Array,
  from: number,
  count: number,
): { before: number; after: number } {
  const stopsAt = (at: number): boolean => ((flags[from + at] ?? 0) & Flag.stop) !== 0;
  const stops = stopsAt(count - 1) || stopsAt(count - 2);
  let inner = 1;
  while (inner < count - 2 && !stopsAt(inner)) inner++;
  const long = count >= 14;
  const capital = ((flags[from] ?? 0) & Flag.capital) !== 0;
  return {
    before: FIRST_BEFORE + (stops ? 1 : 0) + (long ? 2 : 0),
    after: FIRST_AFTER + (capital ? 1 : 0) + (inner < count - 2 ? 2 : 0),
  };
}

/** Which of the four kinds of paragraphs an edge right next to the words belongs to, from 0. */
export function edgeKind(edge: number): number {
  return (edge - FIRST_BEFORE) % (FIRST_AFTER - FIRST_BEFORE);
}

export function emptyVocabulary(clusters: Clusters): Vocabulary {
  const facets = new Int32Array(4096 * FACETS);
  for (let edge = 0; edge < EDGES; edge++) {
    for (let facet = 0; facet < Facet.flags; facet++)
      facets[edge * FACETS + facet] = mix(hashText(`\u0002${edge}`) + facet);
    facets[edge * FACETS + Facet.flags] = Flag.stop;
  }
  return { facets, count: EDGES, lexicon: undefined, clusters };
}

/** The facets of all words of a lexicon. Those of the last one are stored, because nearly all texts use it. */
export function getFacets(vocabulary: Vocabulary, lexicon: Lexicon): Int32Array {
  if (vocabulary.lexicon !== lexicon) {
    vocabulary.lexicon = lexicon;
    vocabulary.count = EDGES;
  }
  const count = lexicon.size + EDGES;
  if (vocabulary.count === count) return vocabulary.facets;
  while (count * FACETS > vocabulary.facets.length)
    vocabulary.facets = enlarged(vocabulary.facets, new Int32Array(vocabulary.facets.length * 2));
  for (; vocabulary.count < count; vocabulary.count++) {
    const word = vocabulary.count - EDGES;
    const spelt = lexicon.spelling(word);
    // A straight mark opens or closes by its place: as a word it is one.
    const kind = /^["'`]$/.test(spelt) ? TokenKind.openQuote : lexicon.kind(word);
    describe(vocabulary, vocabulary.count, spelt, kind);
  }
  return vocabulary.facets;
}

function describe(vocabulary: Vocabulary, id: number, text: string, kind: number): void {
  const { facets, clusters } = vocabulary;
  const base = id * FACETS;
  const lower = normalized(text, kind);
  const capital = kind === TokenKind.word && startsUpper(text);
  const shape = wordShape(text, kind);
  const classes = kind === TokenKind.word ? wordClasses(lower) : 0;
  const verb = kind === TokenKind.word ? verbBits(lower) : 0;
  const ending = kind === TokenKind.word ? wordEnding(lower) : kind;
  const infinitive = INFINITIVE_NOUNS.has(lower) ? 1 : 0;
  const known = classes !== 0 || verb !== 0 ? 0 : ending;
  const part = mix(
    Math.imul(classes, 0x9e3779b1) ^
      Math.imul((verb >> 8) + 1, 0x85ebca6b) ^
      Math.imul(known, 0xc2b2ae35) ^
      (kind << 8) ^
      (capital ? 1 : 0),
  );
  facets[base + Facet.word] = hashText(lower);
  facets[base + Facet.suffix] = mix(
    kind === TokenKind.word ? hashText(lower.slice(-3)) ^ (capital ? 0x5bd1e995 : 0) : kind * 7919,
  );
  facets[base + Facet.class] = mix(part ^ Math.imul(verb + infinitive * 0x10000 + 1, 0x27d4eb2f));
  facets[base + Facet.shape] = mix(shape + 0x1234567);
  // That of an unknown word is -1, where the arrays have nothing.
  const slot = clusterSlot(clusters, lower);
  const after = clusters.after[slot] ?? 0;
  const before = clusters.before[slot] ?? 0;
  const unknown = 256 + ending * 4 + (capital ? 2 : 0);
  facets[base + Facet.after] = mix((after === 0 ? unknown : after) + 0x3779);
  facets[base + Facet.before] = mix((before === 0 ? unknown : before) + 0x5bd1);
  facets[base + Facet.part] = part;
  facets[base + Facet.flags] =
    (isFinite(lower, classes, verb) ? Flag.finite : 0) |
    (isStop(kind) ? Flag.stop : 0) |
    (capital ? Flag.capital : 0) |
    (verb !== 0 || (classes & WordClass.auxiliary) !== 0 ? Flag.verb : 0) |
    (mayLead(lower) ? Flag.leads : 0) |
    (HEADS.has(lower) ? Flag.heads : 0) |
    ((classes & WordClass.auxiliary) !== 0 && isFinite(lower, classes, verb) ? Flag.helps : 0);
}

const HEADS: ReadonlySet<string> = new Set(
  "the a an my your our their its his every each some any no another".split(" "),
);

/** A token as the finder spells it: in lower case, with straight apostrophes, and figures and code only by shape. */
export function normalized(text: string, kind: number): string {
  switch (kind) {
    case TokenKind.word:
      return text.toLowerCase().replaceAll("’", "'");
    case TokenKind.number:
      return text.replace(/\d/g, "0").replace(/0{5,}/g, "00000");
    case TokenKind.code:
      return "\u0004";
    case TokenKind.openQuote:
      return "“";
    case TokenKind.closeQuote:
      return "”";
    case TokenKind.dash:
      return "—";
    case TokenKind.ellipsis:
      return "…";
    default:
      return text;
  }
}

function isFinite(lower: string, classes: number, verb: number): boolean {
  if ((classes & WordClass.auxiliary) !== 0)
    return lower !== "be" && lower !== "been" && lower !== "being" && lower !== "having";
  return (verb & (Form.third | Form.past)) !== 0;
}

function startsUpper(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first < 0x80) return first >= 0x41 && first <= 0x5a;
  const character = text.charAt(0);
  return character !== character.toLowerCase();
}

function wordShape(text: string, kind: number): number {
  if (kind !== TokenKind.word) return kind;
  let upper = 0;
  let other = 0;
  for (let at = 0; at < text.length && at < 24; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x41 && unit <= 0x5a) upper++;
    else if (unit === 0x2d) other |= 1;
    else if (unit === 0x27 || unit === 0x2019) other |= 2;
    else if (unit >= 0x30 && unit <= 0x39) other |= 4;
  }
  const capitals = upper === 0 ? 0 : upper === text.length ? 3 : startsUpper(text) ? 1 : 2;
  return 32 + capitals + other * 4 + Math.min(text.length, 4) * 64;
}

/** Endings that suggest a part of speech; of several, the first counts. */
const ENDINGS: ReadonlyMap<string, number> = new Map(
  (
    "'s s' n't 're 'll 've ly tion tions ment ness ity ing ed ous ful able ible ive al ic er ers or " +
    "ist ism ance ence ship less ish ant ent ize izes ized ify ate ates est an ary ss us is s y"
  )
    .split(" ")
    .map((ending, index) => [ending, index]),
);
const LONGEST_ENDING = 5;

/** The ending of a word that suggests its part of speech, if no list has the word. */
function wordEnding(lower: string): number {
  let ending = ENDINGS.size;
  for (let size = 1; size <= LONGEST_ENDING && size + 1 < lower.length; size++)
    ending = Math.min(ending, ENDINGS.get(lower.slice(-size)) ?? ending);
  return ending < ENDINGS.size ? 32 + ending : 31;
}
