import { setFlagsFromString } from "node:v8";
import { runInThisContext } from "node:vm";
import { expect, it } from "vitest";
import type { Block } from "../../server/src/draft/draft.ts";
import { extractFacts } from "../../server/src/project/facts.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { FORMAT_IDS, getFormat } from "../../server/src/formats/registry.ts";
import { SAMPLES } from "../support/format-samples.ts";

setFlagsFromString("--allow-natives-syntax");
const sameClass = runInThisContext("(a, b) => %HaveSameMap(a, b)") as (
  a: unknown,
  b: unknown,
) => boolean;

// Rules meet every block, and would be slow if each had its own hidden class.
it.each(FORMAT_IDS)("%s: judged blocks have the same hidden class", (id) => {
  // V8 makes fast copies only of objects that it has copied before.
  const drafts = Array.from({ length: 20 }, () => getFormat(id).parse(SAMPLES[id].blocks));
  for (const draft of drafts) extractFacts(draft, settingsFrom({}));
  const judged = drafts.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === "paragraph"));
  const classes: Block[] = [];
  for (const block of judged) {
    if (!classes.some((one) => sameClass(one, block))) classes.push(block);
  }
  expect(judged.length).toBeGreaterThan(20);
  expect(classes.length).toBe(1);
});
