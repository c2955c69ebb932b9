/**
 * The text of a file: UTF-8, or UTF-16 if it begins with that mark. The mark is not part of the text, as in editors.
 * Undefined if it is not text: invalid bytes, or a zero byte.
 */
export function decode(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const wide = first === 0xff && second === 0xfe ? UTF16LE : undefined;
  const decoder = wide ?? (first === 0xfe && second === 0xff ? UTF16BE : UTF8);
  if (decoder === UTF8 && bytes.indexOf(0) >= 0) return undefined;
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });
const UTF16LE = new TextDecoder("utf-16le", { fatal: true });
const UTF16BE = new TextDecoder("utf-16be", { fatal: true });
