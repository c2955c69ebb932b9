import { isUtf8 } from "node:buffer";

/** How a file's bytes stand for its text, so that it can be written back as it was found. */
export type Encoding = "utf-8" | "utf-8 with BOM" | "utf-16le" | "utf-16be";

export interface Decoded {
  /** Without a byte order mark: offsets count from the first letter, as editors have it. */
  readonly text: string;
  readonly encoding: Encoding;
}

/** Reads bytes as text; undefined where they are none. */
export function decode(bytes: Uint8Array): Decoded | undefined {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return utf16(bytes, "utf-16le");
  if (first === 0xfe && second === 0xff) return utf16(bytes, "utf-16be");
  const marked = first === 0xef && second === 0xbb && third === 0xbf;
  // No text holds a NUL; isUtf8 would let it pass.
  if (bytes.includes(0) || !isUtf8(bytes)) return undefined;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    text: buffer.toString("utf8", marked ? 3 : 0),
    encoding: marked ? "utf-8 with BOM" : "utf-8",
  };
}

export function encode({ text, encoding }: Decoded): Uint8Array {
  if (encoding === "utf-8") return Buffer.from(text, "utf8");
  const bytes = Buffer.from(`\uFEFF${text}`, encoding === "utf-8 with BOM" ? "utf8" : "utf16le");
  return encoding === "utf-16be" ? bytes.swap16() : bytes;
}

function utf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): Decoded | undefined {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return undefined;
  }
}
