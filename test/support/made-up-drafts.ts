/** Made-up drafts, the same in each run: English enough to be linted, with some mistakes. */
export interface MadeUp {
  /** A draft of about this many words. */
  readonly draft: (words: number) => string;
  /** A paragraph of two to five sentences. */
  readonly paragraph: () => string;
}

export function madeUp(seed: number): MadeUp {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const pick = (words: readonly string[]): string => words[below(words.length)] ?? "";
  // Names and numbers make the drafts differ, as they do in print.
  const name = (): string => pick(BEGINNINGS) + pick(MIDDLES) + pick(ENDINGS);
  const phrase = (): string => {
    switch (below(6)) {
      case 0:
        return name();
      case 1:
        return `the ${pick(NOUNS)} of ${name()}`;
      case 2:
        return `${2 + below(9998)} ${pick(NOUNS)}s`;
      case 3:
        return `${pick(DETERMINERS)} ${pick(ADJECTIVES)} ${pick(NOUNS)}`;
      default:
        return `${pick(DETERMINERS)} ${pick(NOUNS)}`;
    }
  };
  const clause = (): string => {
    const tail = below(2) === 0 ? ` ${pick(PREPOSITIONS)} ${phrase()}` : "";
    return `${phrase()} ${pick(VERBS)} ${phrase()}${tail}`;
  };
  const sentence = (): string => {
    const kind = below(12);
    const core = clause();
    const words =
      kind === 0
        ? `${core}, and ${clause()}`
        : kind === 1
          ? `${core} because ${clause()}`
          : kind === 2
            ? `according to ${pick(NAMES)}, ${core}`
            : kind === 3
              ? `${core}, ${pick(NAMES)} said in [a report](https://example.org/${below(9999)})`
              : core;
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  };
  const paragraph = (): string => Array.from({ length: 2 + below(4) }, sentence).join(" ");
  return {
    paragraph,
    draft: (words) => {
      const parts = [`# ${pick(ADJECTIVES)} ${pick(NOUNS)} ${below(100000)}`];
      let count = 0;
      while (count < words) {
        const text = paragraph();
        const kind = below(40);
        if (kind === 0) parts.push(`## ${pick(ADJECTIVES)} ${pick(NOUNS)}`);
        if (kind === 1) parts.push(`- ${sentence()}\n- ${sentence()}`);
        parts.push(kind === 2 ? text.replace(" the ", " the the ") : text);
        count += text.split(" ").length;
      }
      if (below(10) === 0) parts.push(parts[1 + below(parts.length - 1)] ?? "");
      return `${parts.join("\n\n")}\n`;
    },
  };
}

const list = (words: string): readonly string[] => words.split(" ");

const DETERMINERS = list("the a the this every the its our the their one another");
const ADJECTIVES = list(
  "old new local public quiet narrow early northern crowded careful steady private modern rural distant heavy simple common annual open useful wooden coastal central patient minor broad formal hidden green",
);
const NOUNS = list(
  "council bridge market harbour school library river report budget village teacher farmer museum garden station railway theatre hospital company reader writer editor meeting festival season orchard valley factory kitchen window engine record letter morning summer journey harvest signal archive committee agency ferry tower lesson painter builder captain doctor visitor resident driver contract survey pattern project question answer shelter storm winter concert exhibit station lantern",
);
const VERBS = list(
  "opened closed repaired visited described followed supported funded reached crossed painted measured promised delayed approved rejected recorded protected reviewed replaced welcomed inspected finished started changed needed offered joined carried explained",
);
const PREPOSITIONS = list(
  "near behind before after with without beside during inside under against",
);
const BEGINNINGS = list(
  "Bar Ben Cal Car Dal Dor Ed El Far Fen Gar Gil Hal Har Ivel Jar Kel Kir Lan Lor Mal Mar Nor Oak Pel Quen Ram Ros Sal Sher Tal Tor Ul Ver Wal Wen Yar Zel",
);
const MIDDLES = list("a e i o u an en in on un ar er or el il ol as es is os");
const ENDINGS = list(
  "bridge bury by combe dale don field ford gate ham hurst ley low mere minster mouth ney port shaw side stead stoke thorpe ton wick worth",
);
const NAMES = list(
  "Okafor Lindqvist Marchetti Haruki Delgado Novak Petrov Whitfield Amara Sorensen",
);
