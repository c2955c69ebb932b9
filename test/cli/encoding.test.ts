import { expect, test } from "vitest";
import { encode, detectEncoding, type Encoding } from "../../server/src/cli/fixes.ts";
import { decode } from "../../server/src/text/decode.ts";

const ENCODINGS: readonly Encoding[] = ["utf-8", "utf-8 with mark", "utf-16le", "utf-16be"];

test.each(ENCODINGS)("%s: text that is written is read back the same", (encoding) => {
  for (const text of ["", "a", "é", "橋😀", "a\r\nb\n"]) {
    const bytes = encode(text, encoding);
    expect(decode(bytes)?.replace(/^\uFEFF/, "")).toBe(text);
    expect(detectEncoding(bytes)).toBe(encoding);
  }
});

test("bytes without a byte order mark, or with half of one, are UTF-8", () => {
  for (const bytes of [[], [0x61], [0xef], [0xef, 0xbb], [0xff], [0xfe, 0x00]]) {
    expect(detectEncoding(Uint8Array.from(bytes))).toBe("utf-8");
  }
});
