/** The encoding of a file, so that it can be written back in the same one. */
export type Encoding = "utf-8" | "utf-8 with mark" | "utf-16le" | "utf-16be";

/** The encoding of bytes that `decode` could read. */
export function detectEncoding(bytes: Uint8Array): Encoding {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0xef && second === 0xbb && third === 0xbf ? "utf-8 with mark" : "utf-8";
}

export function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === "utf-8") return Buffer.from(text, "utf8");
  const bytes = Buffer.from(`\uFEFF${text}`, encoding === "utf-8 with mark" ? "utf8" : "utf16le");
  return encoding === "utf-16be" ? bytes.swap16() : bytes;
}
