/**
 * Counts the bytes that stretches of a text take in UTF-8, a lone surrogate as the replacement character
 * does. Offsets are UTF-16. The text is read once; a stretch then costs the same however long it is.
 */
export function utf8Counter(text: string): (start: number, end: number) => number {
  const sums: number[] = [0];
  for (let at = 0; at < text.length; at += STEP) {
    sums.push((sums.at(-1) ?? 0) + bytesIn(text, at, Math.min(at + STEP, text.length)));
  }
  const bytesBefore = (offset: number): number => {
    const step = Math.floor(offset / STEP);
    return (sums[step] ?? 0) + bytesIn(text, step * STEP, offset);
  };
  return (start, end) => bytesBefore(end) - bytesBefore(start);
}

const STEP = 16;

function bytesIn(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let at = start; at < end; at++) bytes += bytesOfUnit(text, at);
  return bytes;
}

/** A pair of surrogates takes four bytes: three of them are counted for the first, one for the second. */
function bytesOfUnit(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return isLow(unit) && isHigh(text.charCodeAt(at - 1)) ? 1 : 3;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
