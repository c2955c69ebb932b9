import { TokenKind } from "../src/language/tokens.ts";
import { WordClass, wordClasses } from "../src/language/word-classes.ts";
import { Form, Frame, verbBits } from "../src/missing/verbs.ts";
import type { Rows } from "./corpus.ts";
import type { Random } from "./random.ts";

/** What the damage has to know of each word. */
export interface WordFacts {
  readonly kinds: Uint8Array;
  readonly classes: Int32Array;
  readonly verbs: Int32Array;
  readonly capitals: Uint8Array;
  /** Ends like a participle. */
  readonly participles: Uint8Array;
  /** A cue after or before which a source stands: according, told, said, by … */
  readonly cues: Uint8Array;
  /** Each word written with a capital, where the corpus has it so; itself otherwise. */
  readonly capitalised: Int32Array;
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
    kinds: Uint8Array.from(rows.kinds),
    classes: new Int32Array(count),
    verbs: new Int32Array(count),
    capitals: new Uint8Array(count),
    participles: new Uint8Array(count),
    cues: new Uint8Array(count),
    capitalised: new Int32Array(count),
    mask: known.get("\uFFFC") ?? 0,
    to: known.get("to") ?? 0,
  };
  rows.words.forEach((word, id) => {
    const lower = word.toLowerCase().replaceAll("’", "'");
    facts.capitalised[id] = id;
    if (rows.kinds[id] !== TokenKind.word) return;
    facts.classes[id] = wordClasses(lower);
    facts.verbs[id] = verbBits(lower);
    facts.capitals[id] = word.charAt(0) === lower.charAt(0) ? 0 : 1;
    facts.participles[id] = /..(?:ed|en|ing|wn|ght)$/.test(lower) ? 1 : 0;
    facts.cues[id] = CUES_BEFORE.has(lower) ? 1 : 0;
    facts.capitalised[id] = known.get(word.charAt(0).toUpperCase() + word.slice(1)) ?? id;
  });
  return facts;
}

/** A paragraph that lost words. `holes` are boundaries: the index of the token after the hole. */
export interface Damaged {
  count: number;
  readonly ids: Int32Array;
  readonly spaces: Uint8Array;
  holes: number;
  readonly places: Int32Array;
}

export function newDamaged(): Damaged {
  return {
    count: 0,
    ids: new Int32Array(1 << 15),
    spaces: new Uint8Array(1 << 15),
    holes: 0,
    places: new Int32Array(4096),
  };
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

/** Finds, at a token, what could be lost there: the end of the stretch that begins at `at`, or -1. */
type Loss = (
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

const isContent = (facts: WordFacts, id: number): boolean =>
  isWordlike(facts, id) && ((facts.classes[id] ?? 0) & CONTENT) === 0;

const has = (facts: WordFacts, id: number, classes: number): boolean =>
  ((facts.classes[id] ?? 0) & classes) !== 0;

/** Where the words of a name or a noun's phrase end that begin at `at`. */
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

/** A noun's phrase after a preposition, a verb or at the start, with its determiner or without. */
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
    // Often the whole of "has been sent" goes.
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

/** A word after "to" that is no noun's: the verb, or "to" and the verb. */
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

const functionWord: Loss = (facts, ids, at, _end, start, random) => {
  if (at === start) return -1;
  const id = ids[at] ?? 0;
  if (id === facts.to || has(facts, id, WordClass.auxiliary)) return at + 1;
  if (has(facts, id, WordClass.preposition)) return random() < 0.7 ? at + 1 : -1;
  if (has(facts, id, WordClass.pronoun)) return random() < 0.7 ? at + 1 : -1;
  if (has(facts, id, WordClass.determiner)) return random() < 0.12 ? at + 1 : -1;
  return -1;
};

/** One to four words, whatever they are: what a link may hold. */
const anything: Loss = (facts, ids, at, end, _start, random) => {
  const size = 1 + Math.floor(random() * random() * 5);
  for (let to = at; to < at + size; to++)
    if (to >= end || !isWordlike(facts, ids[to] ?? 0)) return -1;
  return at + size;
};

/** What is lost, and how often. */
const LOSSES: readonly (readonly [loss: Loss, often: number])[] = [
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
  [functionWord, 22],
  [anything, 6],
];

function anyLoss(random: Random): Loss {
  let rest = random() * LOSSES.reduce((sum, [, often]) => sum + often, 0);
  for (const [loss, often] of LOSSES) {
    rest -= often;
    if (rest < 0) return loss;
  }
  return anything;
}

/** Copies a paragraph with words lost, into `out`. Half of the stray spaces that losses leave are closed. */
export function damage(
  rows: Rows,
  facts: WordFacts,
  row: number,
  random: Random,
  out: Damaged,
): void {
  // Long, as each word may begin one of several losses.
  const start = rows.starts[row] ?? 0;
  const end = Math.min(rows.starts[row + 1] ?? 0, start + out.ids.length);
  const { ids, spaces } = rows;
  out.count = 0;
  out.holes = 0;
  const firstLink = rows.linkStarts[row] ?? 0;
  const lastLink = rows.linkStarts[row + 1] ?? 0;
  const whole = rows.running[row] === 0 || random() < 0.25;
  const links = !whole && lastLink > firstLink && random() < 0.9;
  const linkRate = random() < 0.3 ? 1 : 0.6;
  // Holes stand about so many words apart; some paragraphs have none.
  const spacing = whole ? Infinity : 10 + random() * 26;
  let nextLink = firstLink;
  let next = start + random() * (spacing === Infinity ? 1 : Math.min(spacing, end - start));
  if (spacing === Infinity) next = Infinity;
  let loss = anyLoss(random);
  let tries = 0;
  let at = start;
  while (at < end) {
    while (nextLink < lastLink && (rows.links[nextLink * 2] ?? 0) < at) nextLink++;
    let to = -1;
    if (links && nextLink < lastLink && rows.links[nextLink * 2] === at) {
      if (random() < linkRate) to = rows.links[nextLink * 2 + 1] ?? -1;
    } else if (
      at >= next &&
      !(links && nextLink < lastLink && (rows.links[nextLink * 2] ?? 0) - at < 3)
    ) {
      to = loss(facts, ids, at, end, start, random);
      if (to < 0 && ++tries > 12) {
        loss = anyLoss(random);
        tries = 0;
      }
    }
    if (to > at && !(at === start && to >= end)) {
      if (out.holes < out.places.length) out.places[out.holes++] = out.count;
      if (to < end) {
        const own = spaces[to] ?? 0;
        const lost = spaces[at] ?? 0;
        put(out, ids[to] ?? 0, own === 1 ? 1 : lost === 1 && random() < 0.5 ? 1 : 0);
      }
      at = to + 1;
      next = at + spacing * (0.5 + random());
      loss = anyLoss(random);
      tries = 0;
      continue;
    }
    let id = ids[at] ?? 0;
    // Code, images and template values stand anywhere that a noun can.
    if (random() < 0.004 && isContent(facts, id)) id = facts.mask;
    put(out, id, spaces[at] ?? 0);
    at++;
  }
}

function put(out: Damaged, id: number, space: number): void {
  out.ids[out.count] = id;
  out.spaces[out.count] = space;
  out.count++;
}
