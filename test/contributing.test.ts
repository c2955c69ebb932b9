import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { BlockRule } from "../server/src/rules/rule.ts";
import { draftOf, unmarked, withMarks } from "./support/rules.ts";

test("the rule that CONTRIBUTING.md shows does what its examples say", async () => {
  const page = readFileSync("CONTRIBUTING.md", "utf8");
  const [, source = ""] = /```ts\n(\s*import [^`]*blockRule\([^`]*)```/.exec(page) ?? [];
  const folder = mkdtempSync(path.join(tmpdir(), "galley-"));
  try {
    const file = path.join(folder, "my-rule.ts");
    writeFileSync(
      file,
      source.replaceAll(/"(\.\.?\/[^"]*)"/g, (_, from: string) =>
        JSON.stringify(path.resolve("server/src/rules", from)),
      ),
    );
    const { myRule } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
      myRule: BlockRule;
    };
    expect(myRule.docs.flagged).not.toEqual([]);
    for (const example of [...myRule.docs.flagged, ...myRule.docs.fine]) {
      const { text } = unmarked(example.text);
      const [block] = draftOf(text).blocks;
      if (block === undefined) throw new Error("The example is empty.");
      const found = myRule.check(block, {}, { placeholder: "TK", sensitivity: "normal" });
      expect(withMarks(text, found)).toBe(example.text);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
