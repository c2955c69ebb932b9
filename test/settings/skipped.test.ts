import { expect, test } from "vitest";
import { FORMAT_IDS, getFormat } from "../../server/src/formats/registry.ts";
import { skipReasonText, type SkipReason } from "../../server/src/settings/skipped.ts";

/** The formats that are only read if a pattern includes them. */
const EXPLICIT = FORMAT_IDS.filter((id) => getFormat(id).files.byDefault === "none");

const REASONS: readonly SkipReason[] = [
  "excluded",
  "not included",
  "ignored",
  "foreign folder",
  "foreign name",
  "template",
  "fixture",
  "program text",
  "other kind",
  "not prose",
  "too large",
  "switched off",
  "link to a folder",
  "no file",
  "same file",
  ...EXPLICIT.map((id) => `only explicit ${id}` as const),
];

test("each reason is a different sentence", () => {
  const texts = REASONS.map((reason) => skipReasonText(reason));
  expect(new Set(texts).size).toBe(REASONS.length);
  for (const text of texts) expect(text).toMatch(/^[A-Z“][^\n]*\.$/);
});

test("a pattern's reason names the file that has the pattern", () => {
  for (const reason of ["excluded", "not included"] as const) {
    expect(skipReasonText(reason, "site/.galley.json")).toContain("in site/.galley.json");
    expect(skipReasonText(reason)).toContain("in the settings");
  }
});

test.each(EXPLICIT)("the reason for a file of %s says how to include it", (id) => {
  const { name, files } = getFormat(id);
  const text = skipReasonText(`only explicit ${id}`);
  expect(text).toContain(name);
  expect(text).toContain(`**/*.${files.extensions[0] ?? ""}`);
});
