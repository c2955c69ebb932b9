/** Unicode blocks with combining marks and parts of Korean syllables. Most texts contain none of them. */
const MAY_COMBINE = /[\u0300-\u1FFF\u2C00-\uFFEF]/;

/**
 * A letter with what may combine with it: combining marks, the later parts of a Korean syllable. At most 30 are taken
 * at once, as in the Stream-Safe Text Format (UAX #15), because the time for putting marks in order grows with the
 * square of their number.
 */
const CLUSTER = /[^\p{M}\u1161-\u1175\u11A8-\u11C2]?[\p{M}\u1161-\u1175\u11A8-\u11C2]{1,30}/gu;

/** How many units are tested at once, and how much these stretches overlap, so that no cluster is cut. */
const WINDOW = 256;
const OVERLAP = 32;

/** Whether a text is in composed form (NFC). Linear in its length, whatever marks it has. */
export function isComposed(text: string): boolean {
  if (!MAY_COMBINE.test(text)) return true;
  for (let at = 0; at === 0 || at + OVERLAP < text.length; at += WINDOW) {
    const part = text.slice(at, at + WINDOW + OVERLAP);
    if (part.normalize("NFC") !== part) return false;
  }
  return true;
}

/** What is written differently in composed form, in order. Offsets are UTF-16 units. */
export function* decomposedIn(
  text: string,
): Generator<{ readonly start: number; readonly end: number; readonly composed: string }> {
  for (const { 0: cluster, index: start } of text.matchAll(CLUSTER)) {
    const composed = cluster.normalize("NFC");
    if (composed !== cluster) yield { start, end: start + cluster.length, composed };
  }
}

export function composed(text: string): string {
  if (isComposed(text)) return text;
  let whole = "";
  let done = 0;
  for (const { start, end, composed: letters } of decomposedIn(text)) {
    whole += text.slice(done, start) + letters;
    done = end;
  }
  return whole + text.slice(done);
}

/**
 * How many UTF-16 units a text has in composed form, so that the width of a line is the same in both forms of Unicode.
 */
export function composedLength(text: string): number {
  return composed(text).length;
}
