/** Text files by name that are for machines, or are no one's prose. */
const NOT_PROSE =
  /^(?:(?:.*[-_.])?requirements(?:[-_.].*)?|constraints|cmakelists|robots|humans|security|ads|app-ads|llms|manifest|sources|log|logs|.*\.log|words|wordlist|dictionary|stopwords|vocab|tokens|glossary|keywords|spelling.*|packages|dependencies|third[-_]?party.*|licen[cs]e.*|copying.*|notice|version|changelog|checksums?|sha\d+sums?|md5sums?|output|expected|actual|input|stdout|stderr|dump)\.(?:txt|text|in)$/i;

/** No more of a text is looked at. */
const SAMPLE = 20_000;

/**
 * Whether a plain text file reads as prose: most of its words stand in lines of sentences, and it is not
 * a list, a log, a table or settings. `fileName` may be a path.
 */
export function readsAsProse(text: string, fileName: string): boolean {
  const name = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  if (NOT_PROSE.test(name)) return false;
  const sample = text.slice(0, SAMPLE);
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
    if (/[.!?…:]["'”’)\]]*$/.test(line)) ends++;
    if (!readsAsSentence(line)) continue;
    prose++;
    proseUnits += line.length;
  }
  // Nothing yet is a draft about to be written.
  if (lines === 0) return true;
  return proseUnits * 2 > units && prose * 4 > lines && (ends > 0 || /[.!?]\s/.test(sample));
}

/** Whether a line has the looks of words in a row: mostly letters, lower case, few of a machine's signs. */
function readsAsSentence(line: string): boolean {
  if (/^(?:\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d|\[\d|#!|<\w|[\w.-]+\s*(?:==|>=|~=|=)\s*\S)/.test(line)) {
    return false;
  }
  if ((line.match(/[,;\t|]/g)?.length ?? 0) * 5 > line.length) return false;
  const words = line.split(/\s+/, 400);
  if (words.length < 4) return false;
  let plain = 0;
  for (const word of words)
    if (/^["'“‘(]*\p{L}[\p{L}'’-]*(?:["”).,;:!?…]["'”’).,;:!?…]*)?$/u.test(word)) plain++;
  return plain * 10 >= words.length * 7;
}
