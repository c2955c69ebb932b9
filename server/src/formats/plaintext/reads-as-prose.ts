import { composed, isComposed } from "../../text/composed.ts";
import { hasUnspaced } from "../../language/scripts.ts";

/** Names of text files that are for programs, or not articles. */
const NOT_PROSE =
  /^(?:(?:.*[-_.])?requirements(?:[-_.].*)?|constraints|cmakelists|robots|humans|security|ads|app-ads|llms|manifest|sources|log|logs|.*\.log|words|wordlist|dictionary|stopwords|vocab|tokens|glossary|keywords|spelling.*|packages|dependencies|third[-_]?party.*|licen[cs]e.*|copying.*|notice|version|changelog|checksums?|sha\d+sums?|md5sums?|output|expected|actual|input|stdout|stderr|dump)\.(?:txt|text|in)$/i;

/** The sample that is tested, in UTF-16 units after composition (NFC). Decomposed Korean has three times as many. */
const SAMPLE_LENGTH = 20_000;

/** A sentence terminal, or a colon, at the end of a line. Unicode does not list the Tibetan shad. */
const ENDS = /[\p{Sentence_Terminal}\u0F0D\u0F0E…:]["'”’)\]»›」』）]*$/u;
/** How many UTF-16 units at the end are tested. */
const LONGEST_END = 20;
const ENDS_WITHIN = /[.!?]\s|(?![.!?])[\p{Sentence_Terminal}\u0F0D\u0F0E]/u;

/**
 * Whether a plain text file reads as prose: most of its words are in lines of sentences, and it is not a list,
 * a log, a table or settings. `fileName` may be a path. Works for every script.
 */
export function readsAsProse(text: string, fileName: string): boolean {
  const name = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  if (NOT_PROSE.test(name)) return false;
  const sample = composedSample(text);
  if (sample.includes("\u0000")) return false;
  let lines = 0;
  let prose = 0;
  let units = 0;
  let proseUnits = 0;
  let ends = 0;
  for (const raw of sample.split(/\r\n?|\n/)) {
    const line = raw.trim();
    if (line === "") continue;
    lines++;
    units += line.length;
    if (ENDS.test(line.slice(-LONGEST_END))) ends++;
    if (!readsAsSentence(line)) continue;
    prose++;
    proseUnits += line.length;
    // Thai and Lao have no sign that ends a sentence.
    if (line.length >= LONG_UNSPACED && hasUnspaced(line)) ends++;
  }
  // An empty file is a draft about to be written.
  if (lines === 0) return true;
  return proseUnits * 2 > units && prose * 4 > lines && (ends > 0 || ENDS_WITHIN.test(sample));
}

/** In scripts without spaces, a line of this many UTF-16 units is not a list item. */
const LONG_UNSPACED = 40;

/** How many letters count as a word in scripts without spaces. */
const LETTERS_A_WORD = 3;

/** White space, and the separators of syllables in Tibetan and of words in Ethiopic and Khmer. */
const BETWEEN_WORDS = /[\s\u0F0B\u1361\u200B]+/u;

/** The longest word, in UTF-16 units. */
const MAX_WORD_LENGTH = 100;

/** A word with the punctuation around it. Its letters may include combining marks, joiners, apostrophes and hyphens. */
const WORD =
  /^["'“‘(«‹„「『（]*\p{L}[\p{L}\p{M}\u200C\u200D'’\-־׳״՛՜՞]*(?:["”)…»›」』）\p{Terminal_Punctuation}]["'”’)…»›」』）\p{Terminal_Punctuation}]*)?$/u;

/** Whether a line looks like a sentence: mostly letters, lower case, few symbols. */
function readsAsSentence(line: string): boolean {
  if (/^(?:\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d|\[\d|#!|<\w|[\w.-]+\s*(?:==|>=|~=|=)\s*\S)/.test(line)) {
    return false;
  }
  if ((line.match(/[,;\t|]/g)?.length ?? 0) * 5 > line.length) return false;
  const unspaced = hasUnspaced(line);
  let words = 0;
  let plain = 0;
  for (const chunk of line.split(BETWEEN_WORDS, 400)) {
    if (unspaced && hasUnspaced(chunk)) {
      const letters = chunk.match(/[\p{L}\p{M}]/gu)?.length ?? 0;
      const count = Math.max(1, Math.floor(letters / LETTERS_A_WORD));
      words += count;
      if (letters * 10 >= chunk.length * 7) plain += count;
    } else {
      words++;
      if (chunk.length <= MAX_WORD_LENGTH && WORD.test(chunk)) plain++;
    }
  }
  return words >= 4 && plain * 10 >= words * 7;
}

function composedSample(text: string): string {
  const sample = text.slice(0, SAMPLE_LENGTH);
  if (isComposed(sample)) return sample;
  return composed(text.slice(0, 3 * SAMPLE_LENGTH)).slice(0, SAMPLE_LENGTH);
}
