/**
 * Marks that end a sentence in scripts other than Latin: “।” of Devanagari, “。” of Chinese, “؟” of Arabic.
 * https://www.unicode.org/reports/tr44/#Sentence_Terminal, with the shad of Tibetan.
 */
export const STOPS =
  "\u0589\u06D4\u0700\u0701\u0702\u07F9\u0964\u0965\u0F0D\u0F0E\u104A\u104B\u1362\u166E\u17D4\u17D5\u1803\u1809\u1944\uA4FF\uA60E\uA6F3\uAAF0\uABEB\u3002\uFE52\uFF0E\uFF61";
export const QUESTIONS = "\u061D\u061E\u061F\u1367\u1945\uA60F\uA6F7\uFE56\uFF1F";
export const EXCLAMATIONS = "\uFE57\uFF01";

/** Marks that separate clauses, like commas, semicolons and colons. */
export const COMMAS =
  "\u055D\u060C\u07F8\u1363\u1802\u1808\u3001\uA4FE\uA60D\uA6F5\uFE50\uFE51\uFF0C\uFF64";
export const SEMICOLONS = "\u061B\u1364\uA6F6\uFE54\uFF1B";
export const COLONS = "\u1365\u1366\u1804\uA6F4\uFE55\uFF1A";

/** Quotation marks and brackets of East Asia. */
export const OPENING = "\u300C\u300E\u3008\u300A\uFE41\uFE43\uFF62";
export const CLOSING = "\u300D\u300F\u3009\u300B\uFE42\uFE44\uFF63";
export const OPENING_BRACKETS = "\u3010\u3014\u3016\uFF08\uFF3B";
export const CLOSING_BRACKETS = "\u3011\u3015\u3017\uFF09\uFF3D";

/**
 * A letter of a script without spaces between words: Chinese and Japanese, and those of South-East Asia (the line
 * breaking class SA of UAX #14).
 */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tai_Le}\p{Script=New_Tai_Lue}\p{Script=Tai_Tham}\p{Script=Tai_Viet}]/u;

/** Unicode blocks with such letters. One test settles most texts. */
const MAY_BE_UNSPACED = /[\u0E00-\u1AFF\u2E80-\uDFFF]/;

/** Whether a text has such a letter. */
export function hasUnspaced(text: string): boolean {
  return MAY_BE_UNSPACED.test(text) && UNSPACED.test(text);
}

/** Whether a text begins with a lower-case letter. Georgian's are such only in name: its sentences have no capitals. */
export function startsSmall(text: string): boolean {
  return /^(?![\u10D0-\u10FF])\p{Ll}/u.test(text);
}
