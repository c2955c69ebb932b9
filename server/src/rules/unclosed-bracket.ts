import type { Block, Mark } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { getSentences } from "../language/sentences.ts";
import { draftRule } from "./rule.ts";
import { PAIRED, PLAIN, type UnpairedMarks, unmatchedReports } from "./support/unmatched-marks.ts";
import { wording } from "../text/wording.ts";

export const unclosedBracket = draftRule({
  id: "unclosed-bracket",
  kind: "mark",
  scope: "draft",
  severity: "warning",
  english: false,
  summary: "A round or square bracket without its partner.",
  docs: {
    description:
      "An aside that never ends swallows the rest of the sentence. The rule pairs round and square brackets within a paragraph. Numbered points such as “a)” and “1)”, smileys, intervals such as [0, 1), and an aside that runs over several paragraphs are left alone.",
    flagged: [
      { text: "The bridge ⟦(built⟧ in 1931 was closed on Monday.\n" },
      { text: "The bridge, built in ⟦1931)⟧, was closed on Monday.\n" },
    ],
    fine: [
      { text: "We need a) more time and b) more money. That will do :-)\n" },
      { text: "Any value in [0, 1) will do (see the note).\n" },
    ],
  },
  options: {},
  check: (draft) => check(draft),
});

const PARTNER: Readonly<Record<string, string>> = { "(": ")", "[": "]", ")": "(", "]": "[" };

/** The likely end of the aside: its sentence's end, before the full stop unless it contains the whole sentence. */
function likelyEnd(block: Block, open: number): number {
  const text = block.prose.text;
  for (const sentence of getSentences(block)) {
    if (sentence.end <= open) continue;
    if (sentence.start >= open) return sentence.end;
    let end = sentence.end;
    while (end > open + 1 && /[.!?…:;,]/.test(text.charAt(end - 1))) end--;
    return end;
  }
  return text.trimEnd().length;
}

/** The brackets of a block that have no partner in it; memoized per block. */
const unpairedBrackets = perBlock((block): UnpairedMarks => {
  const unpaired = pairBrackets(block.prose.text);
  // A bare URL may include the closing bracket.
  const taken = unpaired.opens.length > 0 && block.marks.some((mark) => takesBracket(block, mark));
  return taken ? PAIRED : unpaired;
});

const check = unmatchedReports(unpairedBrackets, {
  unclosed: wording("a bracket that never closes. Close it where the aside ends."),
  unopened: wording("a bracket that was never opened. Delete it if it is one too many."),
  closeWith: (mark) => wording("Close the bracket with {0}", mark),
  getCloser: (text, at) => PARTNER[text.charAt(at)] ?? ")",
  likelyEnd,
  // A note in square brackets at the start of a paragraph often continues over lists on purpose.
  ofUnclosed: ({ block, at }) =>
    at === 0 && block.prose.text.startsWith("[") ? { severity: "hint" } : {},
  // A note in square brackets at the end of a paragraph may have begun many paragraphs before.
  ofUnopened: ({ block: { prose }, at }, mark) => ({
    severity: prose.text.endsWith("]") && at === prose.text.length - 1 ? "hint" : "information",
    fixes: [
      { title: wording("Delete the bracket"), safe: false, edits: [{ ...mark, newText: "" }] },
    ],
  }),
});

/** Whether a mark is a bare URL with a closing bracket in it. */
function takesBracket(block: Block, mark: Mark): boolean {
  if (mark.kind !== "link" || mark.text?.start !== mark.start) return false;
  return /[)\]]/.test(block.source.slice(mark.start, mark.end));
}

const BRACKETS = /[()[\]]/g;

function pairBrackets(text: string): UnpairedMarks {
  let plain = true;
  const open: number[] = [];
  const closes: number[] = [];
  let smiles = false;
  BRACKETS.lastIndex = 0;
  for (let match = BRACKETS.exec(text); match !== null; match = BRACKETS.exec(text)) {
    plain = false;
    const at = match.index;
    const mark = match[0];
    if (isSmiley(text, at, open.length > 0)) {
      smiles = true;
      continue;
    }
    if (isMentioned(text, at)) return PAIRED;
    if (mark === "(" || mark === "[") {
      open.push(at);
      continue;
    }
    const top = open.at(-1);
    if (top !== undefined) {
      const fits = PARTNER[text.charAt(top)] === mark;
      if (fits || isInterval(text.slice(top + 1, at))) {
        open.pop();
        continue;
      }
    }
    if (mark === ")" ? isListItem(text, at) : isLineNumber(text, at)) continue;
    // A bracket closed by one of the other kind: (so].
    if (top !== undefined) return PAIRED;
    closes.push(at);
  }
  if (plain) return PLAIN;
  // In “(just joking :)” the smiley also closes the bracket.
  if (smiles) open.pop();
  // With two or more unmatched marks in a block, the pairing is probably wrong, not the text.
  if (open.length + closes.length !== 1 || isCode(text, open[0])) return PAIRED;
  return { opens: open, closes, reopens: false, isPlain: false };
}

/** Whether a bracket is a smiley's mouth, with eyes before or after it. In “(A or B)”, letters are not eyes. */
function isSmiley(text: string, at: number, inBrackets: boolean): boolean {
  const leading = text.slice(Math.max(0, at - 4), at);
  const after = text.slice(at + 1, at + 4);
  if (!inBrackets && /(?:^|\s)[=xX8B]['’]?[-–o^]?$/.test(leading))
    return !/^[\p{L}\p{N}]/u.test(after);
  // No smiley: “see:(a)”.
  if (/[:;]['’]?[-–o^]?$/.test(leading)) return !/^[\p{L}\p{N}]/u.test(after);
  return /(?:^|\s)$/.test(leading) && /^[-–]?(?:[:;](?:\s|$)|=$)/.test(after);
}

/** Whether the bracket is mentioned, not used, or is code: quoted, with a space on its inner side, or as in Ctrl+[. */
function isMentioned(text: string, at: number): boolean {
  const previous = at === 0 ? " " : text.charAt(at - 1);
  const after = at + 1 < text.length ? text.charAt(at + 1) : " ";
  if (/["“‘'`]/.test(previous) && /["“”‘’'`]/.test(after)) return true;
  return /[([]/.test(text.charAt(at)) ? /[\s.,;:!?)\]]/.test(after) : /[\s([]/.test(previous);
}

/** Whether it is the content of an interval: two numbers or short names. */
function isInterval(inside: string): boolean {
  return inside.length <= 24 && /^[^,;]{1,10}[,;][^,;]{1,12}$/.test(inside);
}

/** Whether it is the bracket of a numbered item: “a)”, “1)”, “iv)”, “step 2)”. */
function isListItem(text: string, at: number): boolean {
  return /(?:^|[\s(–—,;:*"“'‘])(?:\p{L}|\p{Lu}?\d{1,3}[a-z]?|[ivxIVX]{1,5}|\d{1,2}(?:\.\d{1,2}){1,3})\.?$/u.test(
    text.slice(Math.max(0, at - 14), at),
  );
}

/** Whether it closes the source of a log message: “binder.go:53]”. */
function isLineNumber(text: string, at: number): boolean {
  return /\w\.\w+:\d+$/.test(text.slice(Math.max(0, at - 24), at));
}

/** Whether the text is program code, or the opening bracket is that of a function call. */
function isCode(text: string, open: number | undefined): boolean {
  if (open !== undefined && /[\p{L}\p{N}#]/u.test(text.charAt(open - 1))) return true;
  return /[{}]|=>|&&|\|\||\w\(\w*\)\.|;$/m.test(text);
}
