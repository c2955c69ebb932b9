import type { Block } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { getSentences } from "../language/sentences.ts";
import { draftRule } from "./rule.ts";
import { PAIRED, PLAIN, type UnpairedMarks, unmatchedReports } from "./support/unmatched-marks.ts";
import { wording } from "../text/wording.ts";

export const unclosedQuote = draftRule({
  id: "unclosed-quote",
  kind: "mark",
  scope: "draft",
  severity: "information",
  english: false,
  summary: "A quotation mark without its partner.",
  docs: {
    description:
      "Without a closing mark, readers can’t tell where the speaker stops and the writer goes on. The rule pairs straight and curly double quotes, guillemets and German quotes within a paragraph. A quotation that runs over several paragraphs is left alone if each opens it again and the last one closes it. So are apostrophes, single quotes, inches, minutes and seconds.",
    flagged: [
      { text: "⟦“We⟧ will rebuild, she said. Work begins in May.\n" },
      { text: 'The council called it ⟦"a⟧ matter of time before the bridge reopens.\n' },
    ],
    fine: [
      {
        text: "“We will rebuild,” she said. ‘Tis the spirit of the ’90s, and the students’ own.\n",
      },
      { text: 'The door is 6\'2" high and 30" wide.\n' },
      {
        text: "“We came in 1990.\n\n“We stayed,” she said.\n",
        note: "The quotation runs over two paragraphs, and each opens it again.",
      },
    ],
  },
  options: {},
  check: (draft) => check(draft),
});

const CLOSER_OF: Readonly<Record<string, string>> = {
  "“": "”",
  "”": "”",
  "„": "“",
  "«": "»",
  "»": "«",
};

/** The mark that closes the one at `at`, in French with the space before it. */
function getCloser(text: string, at: number): string {
  const close = CLOSER_OF[text.charAt(at)] ?? '"';
  const spaced = /[\u00A0\u202F]/.exec(text.charAt(at + 1));
  return spaced === null ? close : spaced[0] + close;
}

/** The likely end of the quotation: before the attribution, or at the end of the sentence. */
function likelyEnd(block: Block, open: number): number {
  const text = block.prose.text;
  const sentences = getSentences(block);
  const alone = open === 0;
  for (const sentence of sentences) {
    if (sentence.end <= open) continue;
    const from = Math.max(open + 1, sentence.start);
    const credit = CREDIT.exec(text.slice(from, Math.min(sentence.end, from + 600)));
    if (credit !== null) return from + credit.index + 1;
    if (!alone) return sentence.end;
  }
  return text.trimEnd().length;
}

/** A comma or an end mark before an attribution. */
const CREDIT =
  /[,?!](?= (?:(?:he|she|they|it|I|we|who|the \p{Ll}+|\p{Lu}[\p{L}.]*(?: \p{Lu}[\p{L}.]*){0,2}) )?(?:said|says|told|asked|added|wrote|writes|explained|according to|replied|noted|argued|warned|recalled|insisted|claimed|announced|tweeted|testified|continued)\b)/u;

/** The quotation marks of a block that have no partner in it; memoized per block. */
const unpairedQuotes = perBlock((block): UnpairedMarks => pairQuotes(block.prose.text));

const check = unmatchedReports(unpairedQuotes, {
  unclosed: wording("a quotation that never closes. Close it where the speaker stops."),
  unopened: wording("a quotation that was never opened. Find where the speaker starts."),
  closeWith: (mark) => wording("Close the quotation with {0}", mark),
  getCloser,
  likelyEnd,
});

const QUOTES = /["“”„«»″]/g;

function pairQuotes(text: string): UnpairedMarks {
  const unpaired = unpairedIn(text);
  const first = /^[\s(\[—–-]*(?=["“”„«»])/.exec(text)?.[0].length;
  // A mark that closes what is open ends the quotation instead.
  return { ...unpaired, reopens: first !== undefined && unpaired.closes[0] !== first };
}

function unpairedIn(text: string): UnpairedMarks {
  let plain = true;
  const open: number[] = [];
  const closes: number[] = [];
  let measures = false;
  let opener: string | undefined;
  QUOTES.lastIndex = 0;
  for (let match = QUOTES.exec(text); match !== null; match = QUOTES.exec(text)) {
    plain = false;
    const at = match.index;
    const top = open.at(-1);
    if (opener === undefined && /[«»]/.test(match[0]) && isOpener(text, match[0]))
      opener = match[0];
    const role = toRole(text, at, top, opener);
    // Ambiguous: two marks in a row, a mark inside a word, or one with space on both sides.
    if (role === Role.unsure) return PAIRED;
    if (role === Role.measure) {
      measures = true;
    } else if (role === Role.open) {
      // In a quotation over several lines, each line may open it again.
      if (startsLine(text, at) && top !== undefined && startsLine(text, top)) open.pop();
      open.push(at);
    } else if (top !== undefined) {
      open.pop();
    } else {
      closes.push(at);
    }
  }
  if (plain) return PLAIN;
  // Two single marks used as a double one.
  if (/‘‘|’’|''|``/.test(text)) return PAIRED;
  // With two or more unmatched marks in a block, the pairing is probably wrong, not the text.
  const unmatchedCount = open.length + closes.length;
  if (unmatchedCount > 1 || (measures && unmatchedCount > 0)) return PAIRED;
  return { opens: open, closes, reopens: false, isPlain: false };
}

function startsLine(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === "\n";
}

const Role = { open: 0, close: 1, measure: 2, unsure: 3 } as const;
type Role = (typeof Role)[keyof typeof Role];

/** The role of a quotation mark, by its shape and neighbours. `top` is the offset of the innermost open mark, `opener` the guillemet that opens. */
function toRole(
  text: string,
  at: number,
  top: number | undefined,
  opener: string | undefined,
): Role {
  const mark = text.charAt(at);
  const prior = at === 0 ? " " : text.charAt(at - 1);
  const after = at + 1 < text.length ? text.charAt(at + 1) : " ";
  // “press (")”: the mark is mentioned, not used.
  if (/[(['‘]/.test(prior) && /[)\]'’]/.test(after)) return Role.unsure;
  if (mark === "„") return Role.open;
  if (mark === "″") return top === undefined ? Role.measure : Role.close;
  // Code: attributes, empty strings, string prefixes.
  if (
    prior === "=" ||
    prior === "\\" ||
    after === mark ||
    prior === mark ||
    /^ ?\/?>/.test(text.slice(at + 1, at + 4))
  ) {
    return Role.unsure;
  }
  if (mark === "“" && top !== undefined && text.charAt(top) === "„") return Role.close;
  if (mark === "«" || mark === "»") {
    if (opener === undefined) return Role.unsure;
    return mark === opener ? Role.open : Role.close;
  }
  const spaceBefore = /[\s\u200B([{—–/\-“"'‘]/.test(prior);
  const spaceAfter = /[\s\u200B.,;:!?)\]}—–/\-”"'’…]/.test(after);
  const left = /\s/.test(prior);
  const right = /\s/.test(after);
  if (mark !== '"') {
    // Smart quotes sometimes choose the wrong direction; the neighbours decide.
    if (mark === "“" && !spaceBefore && spaceAfter) return Role.close;
    if (mark === "”" && spaceBefore && !spaceAfter)
      return top === undefined ? Role.open : Role.unsure;
    // 13” is a size.
    const size =
      mark === "”" &&
      top === undefined &&
      /(?:^|[\s(])\d{1,2}(?:\.\d{1,2})?$/.test(text.slice(Math.max(0, at - 6), at));
    if (size) return Role.measure;
    return mark === "“" ? Role.open : Role.close;
  }
  if (left && right) return at === 0 || at === text.length - 1 ? byState(top) : Role.unsure;
  if (/[\d¼½¾⅓⅔⅛⅜⅝⅞]/.test(prior) || (/['’′]/.test(prior) && /\d/.test(text.charAt(at - 2)))) {
    return top === undefined ? Role.measure : Role.close;
  }
  if (spaceBefore && !spaceAfter) return Role.open;
  if (!spaceBefore && spaceAfter) return Role.close;
  if (!spaceBefore && !spaceAfter) return Role.unsure;
  // “… quotes ", spaces …”: the mark is mentioned, not used.
  if (left && /[,;:!?)\]]/.test(after)) return Role.unsure;
  return left ? Role.open : right ? Role.close : byState(top);
}

function byState(top: number | undefined): Role {
  return top === undefined ? Role.open : Role.close;
}

/**
 * Whether the first guillemet of a text opens a quotation: French opens with «, German with ». A single one may be an
 * arrow.
 */
function isOpener(text: string, first: string): boolean {
  if (text.includes(first === "«" ? "»" : "«")) return true;
  if (text.trim().length < 40) return false;
  return first === "«" || /(?:^|\s)»\p{L}/u.test(text);
}
