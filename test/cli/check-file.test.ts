import { describe, expect, test } from "vitest";
import { checkFile, NO_TEXT, type FileOptions } from "../../server/src/cli/check-file.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { CHECKS_ONLY, RIGHT, WRONG } from "./support.ts";

const SETTINGS = settingsFrom({});

const task = (file: string, bytes?: Uint8Array) =>
  ({ path: file, format: "markdown", explicitlyIncluded: false, bytes }) as const;

const check = (text: string, more: Partial<FileOptions> = {}) => {
  const outcome = checkFile(task("a.md", Buffer.from(text)), SETTINGS, { ...CHECKS_ONLY, ...more });
  if (!("result" in outcome)) throw new Error("not checked");
  return outcome.result;
};

describe("a file's content", () => {
  test("is checked", () => {
    expect(check(WRONG)).toMatchObject({ words: 10 });
    expect(check(WRONG).findings.map(({ rule }) => rule)).toEqual(["repeated-word"]);
    expect(check(RIGHT).findings).toEqual([]);
    expect(check("")).toMatchObject({ words: 0, findings: [] });
  });

  test("gives what is asked for, and no more", () => {
    expect(check(WRONG)).toMatchObject({
      fingerprints: undefined,
      blobId: undefined,
      switchedOff: false,
    });
    expect(check(WRONG).findings[0]?.fixes).toEqual([]);
    expect(check(WRONG, { reportedFixes: "all" }).findings[0]?.fixes).not.toEqual([]);
    expect(check(WRONG, { compares: true }).fingerprints).toBeDefined();
    // As git hash-object has it.
    expect(check("", { blobIds: "sha1" }).blobId).toBe("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    const off = "<!-- stet-file -->\n\nWords.\n";
    expect([check(off).switchedOff, check(off, { showSkipped: true }).switchedOff]).toEqual([
      false,
      true,
    ]);
  });

  test("that is no text, or no prose, is told", () => {
    const bytes = Uint8Array.of(0xff, 0xfe, 0x00);
    expect(checkFile(task("a.md", bytes), SETTINGS, CHECKS_ONLY)).toEqual({ problem: NO_TEXT });
    const list = { ...task("a.txt", Buffer.from("a=1\nb=2\nc=3\n")), format: "plaintext" } as const;
    expect(checkFile(list, SETTINGS, CHECKS_ONLY)).toEqual({ notProse: true });
    expect(checkFile({ ...list, explicitlyIncluded: true }, SETTINGS, CHECKS_ONLY)).toHaveProperty(
      "result",
    );
  });
});
