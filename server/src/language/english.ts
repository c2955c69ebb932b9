import { wordSet } from "../text/word-set.ts";
import { holdsProse } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { TokenKind, tokenize, getTokens, type Tokens } from "./tokens.ts";
import { perWord } from "./lexicon.ts";

/**
 * Whether a block is English, judged by its own words. If it is too short to judge, it counts as English, unless it is
 * in another script.
 */
export const isEnglish = perBlock(
  (block): boolean => holdsProse(block) && readsAsEnglish(getTokens(block)),
);

/** Like `isEnglish`, for a text. */
export function isEnglishText(text: string): boolean {
  return readsAsEnglish(tokenize(text));
}

/** Words that hold English together and are rare in its neighbours. */
const ENGLISH = wordSet(
  "the of and to is are was were be been with that this these those it its for from by as not but have has had " +
    "which who what when where why how would could should will can may might must than then there their they them " +
    "you your we our he she his her my if because about into over after before while being does did doing don't " +
    "isn't it's i'm you're that's up out just only also any each other more most such very through between until " +
    "without within during however although use using new",
);

/**
 * The same for its neighbours, without words that English has too (die, in, on, an, or, me, do, no, so, was, is, am,
 * at).
 */
const FOREIGN = wordSet(
  // German
  "der das und ist nicht ein eine einen einem einer eines den dem des zu mit von für auf sich auch es wird werden wurde " +
    "sind bei nach oder aus wie ich wir ihr sie haben hat hatte kann noch nur aber wenn dass als zum zur über durch im vom " +
    "unter zwischen keine kein mehr sehr schon diese dieser dieses diesem diesen " +
    // French
    "le la les des du de et est une un dans pour que qui sur par pas plus avec sont ce cette ces il elle nous vous ils elles " +
    "au aux ne se sa ses leur leurs mais ou où donc été être avoir fait comme tout tous très aussi même après sans " +
    // Spanish
    "el los las y en del al por para con una unos unas su sus lo como más pero este esta estos estas ese esa son fue ser " +
    "está están hay también muy ya sobre entre cuando desde hasta porque sin nos que " +
    // Italian
    "il gli di che è per non sono della delle dei degli nel nella alla alle dal dalla più anche questo questa questi come " +
    "ma essere ha hanno stato suo sua loro dopo molto con si cui era " +
    // Portuguese
    "o os um uma não da das dos em no na nos nas ao aos pelo pela com mais foi são ser tem também isso esta este seu sua já " +
    "muito até quando ele ela você " +
    // Dutch
    "het een van dat niet zijn voor aan met ook naar door deze dit wordt worden maar bij nog uit wel hun heeft hebben kan " +
    "als dan om tot zich geen meer over moet wat waar werd " +
    // Danish, Norwegian, Swedish
    "og det er som på til av af ikke med den de et en å jeg vi har var kan skal vil fra eller om men så også ved blev " +
    "och att är för inte ett jag hon han från eller till där när vid efter mycket utan sig " +
    // Polish, Czech
    "w z się na nie jest że dla oraz przez jak ale tak od po są być był było jako który która które tego tym przy bez ich " +
    "je se že na pro jako který která jsou byl bylo nebo také podle " +
    // Finnish, Hungarian, Turkish, Romanian, Indonesian
    "ja on ei se että oli ovat mutta kun myös joka niin sekä az és egy nem hogy is meg csak van volt ve bir bu için ile " +
    "olarak daha çok gibi și să cu nu este sunt pentru din mai dan yang di untuk dengan ini itu dari pada tidak " +
    // Latin, as in dummy text
    "lorem ipsum dolor amet consectetur adipiscing elit sed eiusmod tempor incididunt labore dolore magna aliqua enim " +
    "minim veniam quis nostrud exercitation ullamco laboris nisi aliquip commodo consequat duis aute irure reprehenderit " +
    "voluptate velit esse cillum fugiat nulla pariatur excepteur sint occaecat cupidatat proident sunt culpa officia " +
    "deserunt mollit anim laborum ut et ad vel non eget vitae nec ac quam tellus mauris vestibulum pellentesque cum quod",
);
// English, or its prose about software, has these as well.
for (const word of wordSet(
  "on over men met era per no den con van dan will as is come mit non ad so do a i an all out",
))
  FOREIGN.delete(word);

/** They occur in names too: "de la Cruz", "van der Berg". */
const PARTICLES = wordSet("de la del della du da di van von der le el al");

function nameFollows(tokens: Tokens, at: number): boolean {
  for (let next = at + 1; next <= at + 2; next++)
    if (/^\p{Lu}/u.test(tokens.text.charAt(tokens.starts[next] ?? tokens.text.length))) return true;
  return false;
}

/** What a word says about its language, as bits. */
const Trait = {
  english: 1,
  foreign: 2,
  particle: 4,
  /** A letter with an accent. */
  accented: 8,
  /** A letter of another script than Latin. */
  otherScript: 16,
  /** It begins with a capital or a figure, as names do. */
  capital: 32,
} as const;

const wordTraits = perWord(
  (spelling, _kind, lower) =>
    (ENGLISH.has(lower) ? Trait.english : 0) |
    (FOREIGN.has(lower) ? Trait.foreign : 0) |
    (PARTICLES.has(lower) ? Trait.particle : 0) |
    letterTraits(spelling) |
    (spelling.charCodeAt(0) < 0x61 ? Trait.capital : 0),
);

function letterTraits(spelling: string): number {
  let letters = 0;
  for (let at = 0; at < spelling.length; at++) {
    const unit = spelling.charCodeAt(at);
    if (unit < 0xc0 || unit === 0x2019) continue;
    if (unit < 0x250 || (unit >= 0x1e00 && unit < 0x2c00) || (unit >= 0x300 && unit < 0x370))
      letters |= Trait.accented;
    else if (unit >= 0x370) letters |= Trait.otherScript;
  }
  return letters;
}

/** A paragraph that begins with this many such words, and no foreign one among them, is English. */
const SURE = 12;

function readsAsEnglish(tokens: Tokens): boolean {
  const traitsIn = wordTraits(tokens.lexicon);
  let latin = 0;
  /** Four for each word. */
  let otherScript = 0;
  let english = 0;
  let foreign = 0;
  let accented = 0;
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kinds[at] !== TokenKind.word) continue;
    const traits = traitsIn[tokens.words[at] ?? 0] ?? 0;
    if (traits & Trait.otherScript) {
      // Scripts without spaces make one token of a whole clause.
      otherScript += Math.max(4, (tokens.ends[at] ?? 0) - (tokens.starts[at] ?? 0));
      continue;
    }
    latin++;
    if (traits & Trait.english) {
      english++;
      if (english === SURE && foreign + accented + otherScript === 0) return true;
    }
    // A capital is a name's: "Los Angeles", "La Scala", "El Niño".
    else if (at === 0 || !(traits & Trait.capital)) {
      if (traits & Trait.foreign && !(traits & Trait.particle && nameFollows(tokens, at)))
        foreign++;
      if (traits & Trait.accented) accented++;
    }
  }
  if (otherScript > 4 * latin) return false;
  const against = foreign + accented / 2;
  if (against >= 2 && against > english) return false;
  if (english === 0) {
    if (against >= 1) return false;
    // An English sentence of this length almost always has one of these words, but lists of names do not.
    return true;
  }
  return against <= english;
}
