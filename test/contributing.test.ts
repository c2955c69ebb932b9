import { createColors } from "picocolors";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Reporter } from "../server/src/cli/reporters/reporter.ts";
import { sayReport } from "../server/src/cli/report.ts";
import { toReported } from "../server/src/cli/reported.ts";
import { lint } from "../server/src/engine/lint.ts";
import { RULES } from "../server/src/rules/index.ts";
import type { BlockRule } from "../server/src/rules/rule.ts";
import { DEFAULT_SETTINGS, settingsFrom } from "../server/src/settings/settings.ts";
import { reportMadeUp } from "./cli/reports.ts";
import { newFolder } from "./support/for-one-test.ts";
import { draftOf, unmarked, withMarks } from "./support/rules.ts";
import { say } from "../server/src/text/wording.ts";

/** The complete file around some words that the page shows, at a path. */
async function shown(words: string, folder: string): Promise<unknown> {
  const page = readFileSync("CONTRIBUTING.md", "utf8");
  const blocks = page.split(/^ *```(?:ts)?$/m);
  const source = blocks.find((block) => block.includes(words) && block.includes("import "));
  if (source === undefined) throw new Error(`The page shows no file with “${words}”.`);
  const absolute = source.replaceAll(/"(\.\.?\/[^"]*)"/g, (_, from: string) =>
    JSON.stringify(path.resolve(folder, from)),
  );
  const file = newFolder({ "shown.ts": absolute }).uriOf("shown.ts");
  return (await import(/* @vite-ignore */ file)) as unknown;
}

test("the rule in CONTRIBUTING.md does what its examples say", async () => {
  const { myRule } = (await shown("blockRule({", "server/src/rules")) as { myRule: BlockRule };
  expect(myRule.docs.flagged).not.toEqual([]);
  for (const example of [...myRule.docs.flagged, ...myRule.docs.fine]) {
    const { text } = unmarked(example.text);
    const [block] = draftOf(text).blocks;
    if (block === undefined) throw new Error("The example is empty.");
    const found = myRule.check(block, {}, DEFAULT_SETTINGS);
    expect(withMarks(text, found)).toBe(example.text);
    expect(found.every(({ message }) => say(message).startsWith("“"))).toBe(true);
  }
});

test("the reporter in CONTRIBUTING.md prints the messages", async () => {
  const { messages } = (await shown(": Reporter = {", "server/src/cli/reporters")) as {
    messages: Reporter;
  };
  const draft = draftOf("The council met on the the Monday.\n");
  const settings = settingsFrom({});
  const findings = toReported(draft, lint(draft, RULES, settings, { rethrow: true }), {
    reportedFixes: "all",
  });
  const files = [{ path: "a.md", words: 7, findings }];
  const report = sayReport({ ...reportMadeUp([]), files });
  const text = messages.report(report, { colors: createColors(false) });
  expect(text).toBe(findings.map(({ message }) => `${say(message)}\n`).join(""));
  expect(findings).toHaveLength(1);
});

test("each corpus file that training reads is documented", () => {
  const page = readFileSync("CONTRIBUTING.md", "utf8");
  const sources = readdirSync("server/training", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(path.join("server/training", name), "utf8"));
  const read = sources.flatMap((source) => [...source.matchAll(/"(D\d\w*(?:\.dev)?)"/g)]);
  const names = new Set(read.map(([, name = ""]) => name));
  expect(names.size).toBeGreaterThan(7);
  for (const name of names) expect(page).toContain(`\`${name}\``);
});
