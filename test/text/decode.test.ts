import fc from "fast-check";
import { expect, test } from "vitest";
import { decode } from "../../server/src/text/decode.ts";
import { withoutEnd } from "../../server/src/text/trim.ts";
import { runs } from "../support/property.ts";

const text = fc.string({ unit: "grapheme", maxLength: 70 });

test("a text is decoded from each encoding, without its byte order mark", () => {
  fc.assert(
    fc.property(
      text.filter((one) => !/[\0\uFEFF]/.test(one)),
      (value) => {
        const utf16 = Buffer.from(`\uFEFF${value}`, "utf16le");
        expect(decode(Buffer.from(value))).toBe(value);
        expect(decode(Buffer.from(`\uFEFF${value}`))).toBe(value);
        expect(decode(utf16)).toBe(value);
        expect(decode(Buffer.from(utf16).swap16())).toBe(value);
      },
    ),
    runs(300),
  );
});

test.each([
  ["a zero byte", [0x61, 0]],
  ["a lone continuation byte", [0x61, 0x80]],
  ["a sequence that is cut off", [0xe2, 0x82]],
  ["Latin 1", [0x6e, 0xe4, 0x68, 0x65]],
  ["half a unit of UTF-16", [0xff, 0xfe, 0x61]],
  ["a lone surrogate in UTF-16", [0xff, 0xfe, 0x00, 0xd8]],
])("%s is not text", (_, bytes) => {
  expect(decode(Uint8Array.from(bytes))).toBeUndefined();
});

test("a text without its ending equals what an expression would leave", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "/", "\\", "é"), maxLength: 70 }),
      (value) => {
        expect(withoutEnd(value, "/\\")).toBe(value.replace(/[/\\]+$/, ""));
        expect(withoutEnd(value, "")).toBe(value);
      },
    ),
    runs(300),
  );
});
