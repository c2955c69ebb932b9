/** Classes of English words that rules share. They are bits, because a word may have several. */
export const WordClass = {
  determiner: 1,
  preposition: 2,
  coordinator: 4,
  subordinator: 8,
  pronoun: 16,
  /** I, he, she, we, they: only ever a subject. */
  subjectPronoun: 32,
  auxiliary: 64,
  /** can, will, must …: the base form of a verb follows. */
  modal: 128,
  /** A form of a verb that reports speech: said, told, claimed. */
  saying: 256,
  /** my, their …: a noun follows. */
  possessive: 512,
  /** who, which, what, whose … */
  wh: 1024,
  negation: 2048,
  /** Small adverbs that can be between anything: also, just, even, not. */
  adverb: 4096,
  weekday: 8192,
  month: 16384,
} as const;

/** The classes of small words that hold a sentence together. */
export const SMALL_WORD =
  WordClass.determiner |
  WordClass.preposition |
  WordClass.coordinator |
  WordClass.subordinator |
  WordClass.pronoun |
  WordClass.auxiliary |
  WordClass.wh;

const LISTS: readonly (readonly [number, string])[] = [
  [
    WordClass.determiner,
    "the a an this that these those every each some any no another either neither both all such",
  ],
  [WordClass.possessive | WordClass.determiner, "my your our their its his her whose"],
  [
    WordClass.preposition,
    "of in to for on with at by from about into over after between under through during against among " +
      "towards toward upon across within without behind beyond before around near above below beside besides along " +
      "despite until till onto off via per since amid amidst amongst throughout except including regarding concerning " +
      "following unlike like alongside underneath inside outside than as versus",
  ],
  [WordClass.coordinator, "and or but nor yet &"],
  [
    WordClass.subordinator,
    "because although though while whereas unless if whether that since when whenever once until before after as lest",
  ],
  [
    WordClass.pronoun,
    "i me you he him she her it we us they them myself yourself himself herself itself ourselves themselves " +
      "someone somebody something anyone anybody anything everyone everybody everything nobody nothing none mine yours hers ours theirs",
  ],
  [WordClass.subjectPronoun, "i he she we they"],
  [
    WordClass.auxiliary,
    "is are was were be been being am has have had having does do did isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't",
  ],
  [
    WordClass.modal | WordClass.auxiliary,
    "can could will would shall should may might must cannot can't couldn't won't wouldn't shouldn't mustn't",
  ],
  [
    WordClass.saying,
    "say says said saying tell tells told telling claim claims claimed claiming report reports reported reporting state states " +
      "stated stating announce announces announced announcing argue argues argued arguing add adds added adding note notes noted noting " +
      "explain explains explained explaining write writes wrote writing warn warns warned warning insist insists insisted insisting " +
      "allege alleges alleged alleging assert asserts asserted asserting confirm confirms confirmed confirming deny denies denied " +
      "declare declares declared declaring admit admits admitted admitting acknowledge acknowledges acknowledged tweet tweeted " +
      "tweets quip quipped reveal reveals revealed suggest suggests suggested conclude concludes concluded testify testified " +
      "recall recalls recalled remark remarks remarked observe observed reply replied respond responded comment commented",
  ],
  [
    WordClass.wh,
    "who whom whose which what where when why how whoever whatever whichever wherever",
  ],
  [WordClass.negation, "not never no nor neither cannot"],
  [
    WordClass.adverb,
    "also just even only still already not never always often sometimes again too very quite rather almost nearly really " +
      "actually simply then there here now soon later perhaps maybe therefore thus however instead ever once so yet",
  ],
  [WordClass.weekday, "monday tuesday wednesday thursday friday saturday sunday"],
  [
    WordClass.month,
    "january february march april may june july august september october november december jan. feb. aug. sept. oct. nov. dec.",
  ],
];

const CLASSES = new Map<string, number>();
for (const [bits, list] of LISTS)
  for (const word of list.split(" ")) CLASSES.set(word, (CLASSES.get(word) ?? 0) | bits);

/** The classes of a word, given in lower case with straight apostrophes; 0 for most words. */
export function wordClasses(lower: string): number {
  return CLASSES.get(lower) ?? 0;
}

/** Whether a word, in lower case, is of any of the given classes. */
export function isAnyOf(lower: string, classes: number): boolean {
  return (wordClasses(lower) & classes) !== 0;
}
