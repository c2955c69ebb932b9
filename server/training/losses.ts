import { TokenKind } from "../src/language/tokens.ts";
import { WordClass, wordClasses } from "../src/language/word-classes.ts";
import { Form, Frame, verbBits } from "../src/missing/verbs.ts";
import type { Rows } from "./corpus.ts";
import type { Random } from "./random.ts";

/** What the damage needs to know about each word. */
export interface WordFacts {
  readonly words: readonly string[];
  readonly kinds: Uint8Array;
  readonly classes: Int32Array;
  readonly verbs: Int32Array;
  readonly capitals: Uint8Array;
  /** Ends like a participle. */
  readonly participles: Uint8Array;
  /** A cue for a source before or after it: according, told, said, by … */
  readonly cues: Uint8Array;
  readonly mask: number;
  readonly to: number;
}

const CUES_BEFORE = new Set(
  "according told tells citing quoting by via from per to said says say noted added explained wrote".split(
    " ",
  ),
);

export function factsOf(rows: Rows): WordFacts {
  const count = rows.words.length;
  const known = new Map(rows.words.map((word, id) => [word, id]));
  const facts = {
    words: rows.words,
    kinds: Uint8Array.from(rows.kinds),
    classes: new Int32Array(count),
    verbs: new Int32Array(count),
    capitals: new Uint8Array(count),
    participles: new Uint8Array(count),
    cues: new Uint8Array(count),
    mask: known.get("\uFFFC") ?? 0,
    to: known.get("to") ?? 0,
  };
  rows.words.forEach((word, id) => {
    const lower = word.toLowerCase().replaceAll("’", "'");
    if (rows.kinds[id] !== TokenKind.word) return;
    facts.classes[id] = wordClasses(lower);
    facts.verbs[id] = verbBits(lower);
    facts.capitals[id] = word.charAt(0) === lower.charAt(0) ? 0 : 1;
    facts.participles[id] = /..(?:ed|en|ing|wn|ght)$/.test(lower) ? 1 : 0;
    facts.cues[id] = CUES_BEFORE.has(lower) ? 1 : 0;
  });
  return facts;
}

const CONTENT =
  WordClass.preposition |
  WordClass.coordinator |
  WordClass.auxiliary |
  WordClass.wh |
  WordClass.pronoun |
  WordClass.subordinator |
  WordClass.determiner |
  WordClass.negation;

const CONNECTIVE = WordClass.coordinator | WordClass.subordinator | WordClass.wh;

/** Finds what could be lost from the token `at` on: the end of the stretch, or -1. */
export type Loss = (
  facts: WordFacts,
  ids: Int32Array,
  at: number,
  end: number,
  start: number,
  random: Random,
) => number;

const isWordlike = (facts: WordFacts, id: number): boolean => {
  const kind = facts.kinds[id] ?? 0;
  return kind >= TokenKind.word && kind <= TokenKind.mask;
};

export const isContent = (facts: WordFacts, id: number): boolean =>
  isWordlike(facts, id) && ((facts.classes[id] ?? 0) & CONTENT) === 0;

const has = (facts: WordFacts, id: number, classes: number): boolean =>
  ((facts.classes[id] ?? 0) & classes) !== 0;

/** The end of the words of a name or a noun phrase that begins at `at`. */
function phraseEnd(
  facts: WordFacts,
  ids: Int32Array,
  at: number,
  end: number,
  random: Random,
): number {
  let to = at;
  if (to < end && has(facts, ids[to] ?? 0, WordClass.determiner) && isWordlike(facts, ids[to] ?? 0))
    to++;
  const first = to;
  while (to < end && to - at < 7 && isContent(facts, ids[to] ?? 0)) {
    const id = ids[to] ?? 0;
    const verb = facts.verbs[id] ?? 0;
    if (to > first && facts.capitals[id] === 0 && (verb & (Form.past | Form.third)) !== 0) break;
    to++;
  }
  if (to === first) return -1;
  // "… of the council", "the mayor and the council"
  const link = ids[to] ?? 0;
  if (
    to + 1 < end &&
    random() < 0.3 &&
    has(facts, link, WordClass.preposition | WordClass.coordinator)
  ) {
    const further = phraseEnd(facts, ids, to + 1, end, () => 1);
    if (further > 0 && further - at <= 8) return further;
  }
  return to;
}

const name: Loss = (facts, ids, at, end) => {
  let to = at;
  while (to < end && to - at < 6) {
    const id = ids[to] ?? 0;
    if (facts.capitals[id] === 1 && !has(facts, id, CONTENT)) to++;
    else if (
      to > at &&
      to + 1 < end &&
      has(facts, id, WordClass.preposition) &&
      facts.capitals[ids[to + 1] ?? 0] === 1
    )
      to++;
    else break;
  }
  return to > at ? to : -1;
};

/** A noun phrase after a preposition, a verb or at the start, with or without its determiner. */
const phrase: Loss = (facts, ids, at, end, start, random) => {
  const before = at > start ? (ids[at - 1] ?? 0) : -1;
  if (
    before >= 0 &&
    !has(
      facts,
      before,
      WordClass.preposition | WordClass.determiner | WordClass.coordinator | WordClass.subordinator,
    ) &&
    (facts.verbs[before] ?? 0) === 0 &&
    isWordlike(facts, before)
  )
    return -1;
  return phraseEnd(facts, ids, at, end, random);
};

const prepObject: Loss = (facts, ids, at, end, start, random) =>
  at > start && has(facts, ids[at - 1] ?? 0, WordClass.preposition)
    ? phraseEnd(facts, ids, at, end, random)
    : -1;

const afterDeterminer: Loss = (facts, ids, at, end, start, random) =>
  at > start && has(facts, ids[at - 1] ?? 0, WordClass.determiner)
    ? phraseEnd(facts, ids, at, end, random)
    : -1;

const finiteVerb: Loss = (facts, ids, at, end, start, random) => {
  const id = ids[at] ?? 0;
  if (at === start) return -1;
  if (has(facts, id, WordClass.auxiliary)) {
    let to = at + 1;
    // Often all of "has been sent" is lost.
    while (
      to < end &&
      random() < 0.5 &&
      (has(facts, ids[to] ?? 0, WordClass.auxiliary | WordClass.negation) ||
        (facts.verbs[ids[to] ?? 0] ?? 0) !== 0 ||
        facts.participles[ids[to] ?? 0] === 1)
    )
      to++;
    return to;
  }
  const verb = facts.verbs[id] ?? 0;
  const before = ids[at - 1] ?? 0;
  if (has(facts, before, WordClass.determiner | WordClass.preposition)) return -1;
  if ((verb & (Form.third | Form.past)) !== 0) return at + 1;
  if ((verb & Form.base) !== 0 && has(facts, before, WordClass.subjectPronoun | WordClass.modal))
    return at + 1;
  if (
    has(facts, before, WordClass.modal | WordClass.subjectPronoun) &&
    isContent(facts, id) &&
    facts.capitals[id] === 0
  )
    return at + 1;
  return facts.participles[id] === 1 && isContent(facts, before) && random() < 0.2 ? at + 1 : -1;
};

/** A word after "to" that belongs to no noun: the verb, or "to" and the verb. */
const toVerb: Loss = (facts, ids, at, end, start, random) => {
  if (ids[at] === facts.to && at + 1 < end && isBareVerb(facts, ids[at + 1] ?? 0)) {
    return random() < 0.6 ? at + 2 : -1;
  }
  if (at > start && ids[at - 1] === facts.to && isBareVerb(facts, ids[at] ?? 0)) return at + 1;
  return -1;
};

const isBareVerb = (facts: WordFacts, id: number): boolean =>
  isContent(facts, id) &&
  facts.kinds[id] === TokenKind.word &&
  facts.capitals[id] === 0 &&
  facts.participles[id] === 0;

const participle: Loss = (facts, ids, at, end, start) => {
  if (at === start || at >= end) return -1;
  const id = ids[at] ?? 0;
  if (facts.participles[id] === 0 && ((facts.verbs[id] ?? 0) & Form.participle) === 0) return -1;
  if (has(facts, id, CONTENT)) return -1;
  const before = ids[at - 1] ?? 0;
  return has(facts, before, WordClass.auxiliary | WordClass.preposition | WordClass.adverb)
    ? at + 1
    : -1;
};

const subject: Loss = (facts, ids, at, end, start, random) => {
  const id = ids[at] ?? 0;
  const opens =
    at === start ||
    !isWordlike(facts, ids[at - 1] ?? 0) ||
    has(facts, ids[at - 1] ?? 0, WordClass.subordinator | WordClass.coordinator | WordClass.wh);
  if (!opens) return -1;
  const to = has(facts, id, WordClass.pronoun) ? at + 1 : phraseEnd(facts, ids, at, end, random);
  if (to < 0 || to >= end) return -1;
  const verb = ids[to] ?? 0;
  return has(facts, verb, WordClass.auxiliary) ||
    ((facts.verbs[verb] ?? 0) & (Form.third | Form.past)) !== 0
    ? to
    : -1;
};

/** The source: after "according to", "told", "citing", on either side of "said". */
const source: Loss = (facts, ids, at, end, start, random) => {
  const before = at > start ? (ids[at - 1] ?? 0) : -1;
  const speech = before >= 0 && ((facts.verbs[before] ?? 0) & Frame.speech) !== 0;
  if (before >= 0 && (facts.cues[before] === 1 || speech)) {
    if (ids[at] === facts.to || isBareVerbAfterTo(facts, before, ids[at] ?? 0)) return -1;
    const to = phraseEnd(facts, ids, at, end, random);
    if (to > 0) return to;
  }
  const to = phraseEnd(facts, ids, at, end, random);
  if (to < 0 || to >= end) return -1;
  return ((facts.verbs[ids[to] ?? 0] ?? 0) & Frame.speech) !== 0 &&
    ((facts.verbs[ids[to] ?? 0] ?? 0) & (Form.past | Form.third)) !== 0
    ? to
    : -1;
};

const isBareVerbAfterTo = (facts: WordFacts, before: number, id: number): boolean =>
  before === facts.to && isBareVerb(facts, id) && (facts.verbs[id] ?? 0) !== 0;

const object: Loss = (facts, ids, at, end, start, random) => {
  if (at === start) return -1;
  const verb = facts.verbs[ids[at - 1] ?? 0] ?? 0;
  if (verb === 0 || (verb & Frame.complement) !== 0) return -1;
  if (has(facts, ids[at] ?? 0, WordClass.pronoun)) return at + 1;
  return phraseEnd(facts, ids, at, end, random);
};

const conjunct: Loss = (facts, ids, at, end, start, random) => {
  if (at === start) return -1;
  if (has(facts, ids[at - 1] ?? 0, WordClass.coordinator))
    return phraseEnd(facts, ids, at, end, random);
  return at + 1 < end && facts.kinds[ids[at - 1] ?? 0] === TokenKind.comma
    ? phraseEnd(facts, ids, at, end, random)
    : -1;
};

/** To the next comma or stop. */
const clause: Loss = (facts, ids, at, end) => {
  if (!isWordlike(facts, ids[at] ?? 0)) return -1;
  let to = at;
  while (to < end && to - at < 12 && isWordlike(facts, ids[to] ?? 0)) to++;
  return to - at >= 2 && to - at < 12 ? to : -1;
};

/** A small word; of some classes only with these chances. */
const smallWord =
  (chances: {
    readonly preposition: number;
    readonly pronoun: number;
    readonly determiner: number;
    readonly connective: number;
  }): Loss =>
  (facts, ids, at, _end, start, random) => {
    if (at === start) return -1;
    const id = ids[at] ?? 0;
    if (id === facts.to || has(facts, id, WordClass.auxiliary)) return at + 1;
    const chance = has(facts, id, WordClass.preposition)
      ? chances.preposition
      : has(facts, id, WordClass.pronoun)
        ? chances.pronoun
        : has(facts, id, WordClass.determiner)
          ? chances.determiner
          : has(facts, id, CONNECTIVE)
            ? chances.connective
            : 0;
    return chance > 0 && random() < chance ? at + 1 : -1;
  };

/** Any one to four words, as a link may have. */
const anything: Loss = (facts, ids, at, end, _start, random) => {
  const size = 1 + Math.floor(random() * random() * 5);
  for (let to = at; to < at + size; to++)
    if (to >= end || !isWordlike(facts, ids[to] ?? 0)) return -1;
  return at + size;
};

const isPlainWord = (facts: WordFacts, id: number): boolean =>
  isContent(facts, id) && facts.kinds[id] === TokenKind.word && facts.capitals[id] === 0;

/** The last noun of a phrase: "ran a public ⟨survey⟩ to find". */
const headNoun: Loss = (facts, ids, at, end, start, random) => {
  if (at < start + 2) return -1;
  const previous = ids[at - 1] ?? 0;
  const opener = ids[at - 2] ?? 0;
  if (!isPlainWord(facts, ids[at] ?? 0) || !isPlainWord(facts, previous)) return -1;
  if (((facts.verbs[previous] ?? 0) & (Form.third | Form.base)) !== 0) return -1;
  const openers = WordClass.determiner | WordClass.preposition | WordClass.adverb;
  if (!has(facts, opener, openers) && !isPlainWord(facts, opener)) return -1;
  const to =
    at + 1 < end && isPlainWord(facts, ids[at + 1] ?? 0) && random() < 0.7 ? at + 2 : at + 1;
  const next = ids[to] ?? 0;
  const isVerb = ((facts.verbs[next] ?? 0) & (Form.third | Form.past)) !== 0;
  return to < end && isContent(facts, next) && !isVerb ? -1 : to;
};

/** A word without which "a" or "an" doesn't fit the next sound: "an ⟨elaborate⟩ headscarf". */
const misfit: Loss = ({ words }, ids, at, end, start) => {
  if (at === start || at + 1 >= end) return -1;
  const article = words[ids[at - 1] ?? 0];
  if (article !== "a" && article !== "an") return -1;
  const next = words[ids[at + 1] ?? 0] ?? "";
  if (!/^[a-z]/.test(next) || /^(?:u|eu|one|hon|hour)/.test(next)) return -1;
  return /^[aeio]/.test(words[ids[at] ?? 0] ?? "") !== /^[aeio]/.test(next) ? at + 1 : -1;
};

/** "comfortable ⟨using⟩ the system" */
const gerund: Loss = (facts, ids, at, end, start) => {
  if (at === start || at + 1 >= end || !/..ing$/.test(facts.words[ids[at] ?? 0] ?? "")) return -1;
  const hasObject = has(facts, ids[at + 1] ?? 0, WordClass.determiner | WordClass.pronoun);
  return hasObject && isWordlike(facts, ids[at - 1] ?? 0) ? at + 1 : -1;
};

const endsSentence = (facts: WordFacts, id: number): boolean => {
  const kind = facts.kinds[id];
  return kind === TokenKind.period || kind === TokenKind.question || kind === TokenKind.exclamation;
};

/** The first words of a sentence, if the next begins with a small letter. */
const opening: Loss = (facts, ids, at, end, start, random) => {
  if (at !== start && !endsSentence(facts, ids[at - 1] ?? 0)) return -1;
  const to = at + 1 + Math.floor(random() * 4);
  if (to >= end) return -1;
  for (let word = at; word < to; word++) if (!isWordlike(facts, ids[word] ?? 0)) return -1;
  const next = ids[to] ?? 0;
  return facts.kinds[next] === TokenKind.word && facts.capitals[next] === 0 ? to : -1;
};

/** The last words of a sentence: "can use ⟨the tool⟩." */
const tail: Loss = (facts, ids, at, end, start) => {
  const id = ids[at] ?? 0;
  if (at < start + 2 || !isWordlike(facts, id) || !isWordlike(facts, ids[at - 1] ?? 0)) return -1;
  const openers = WordClass.coordinator | WordClass.subordinator | WordClass.adverb;
  if (has(facts, id, WordClass.preposition | openers)) return -1;
  for (let to = at + 1; to < end && to <= at + 5; to++) {
    if (endsSentence(facts, ids[to] ?? 0)) return to;
    if (!isWordlike(facts, ids[to] ?? 0)) return -1;
  }
  return -1;
};

/** The object of a verb that is in no list: after "to", "can" or "they" and the verb. */
const anyObject: Loss = (facts, ids, at, end, start, random) => {
  if (at < start + 2 || !isBareVerb(facts, ids[at - 1] ?? 0)) return -1;
  const opener = ids[at - 2] ?? 0;
  if (opener !== facts.to && !has(facts, opener, WordClass.modal | WordClass.subjectPronoun))
    return -1;
  const id = ids[at] ?? 0;
  if (has(facts, id, WordClass.pronoun) && !has(facts, id, WordClass.determiner)) return at + 1;
  return phraseEnd(facts, ids, at, end, random);
};

/** How a text is damaged. */
export interface Mix {
  /** What is lost, and how often; the kind of each is its index plus `FIRST_KIND`. */
  readonly losses: readonly (readonly [loss: Loss, often: number])[];
  /** The share of running paragraphs that lose nothing. */
  readonly whole: number;
  /** The smallest distance between losses, in tokens, and how much more it may be. */
  readonly spacing: readonly [least: number, more: number];
}

/** 0 is no loss, 1 is a lost link. */
export const FIRST_KIND = 2;

/** What the regression is trained on. */
export const REGRESSION_MIX: Mix = {
  losses: [
    [name, 20],
    [phrase, 10],
    [prepObject, 12],
    [afterDeterminer, 8],
    [finiteVerb, 14],
    [toVerb, 9],
    [participle, 5],
    [subject, 7],
    [source, 9],
    [object, 7],
    [conjunct, 5],
    [clause, 3],
    [smallWord({ preposition: 0.7, pronoun: 0.7, determiner: 0.12, connective: 0 }), 22],
    [anything, 6],
  ],
  whole: 0.25,
  spacing: [10, 26],
};

/** What the net is trained on: more of what the regression finds worst, verbs and small words. */
export const READER_MIX: Mix = {
  losses: [
    [name, 20],
    [phrase, 10],
    [prepObject, 12],
    [afterDeterminer, 8],
    [finiteVerb, 24],
    [toVerb, 14],
    [participle, 7],
    [subject, 14],
    [source, 9],
    [object, 7],
    [conjunct, 5],
    [clause, 3],
    [smallWord({ preposition: 0.9, pronoun: 0.85, determiner: 0.25, connective: 0.4 }), 52],
    [anything, 6],
    [headNoun, 14],
    [misfit, 6],
    [gerund, 8],
    [opening, 6],
    [tail, 3],
    [anyObject, 6],
  ],
  whole: 0.2,
  spacing: [7, 16],
};
