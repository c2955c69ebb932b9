import { setFlagsFromString } from "node:v8";
import { runInThisContext } from "node:vm";
import { expect, it } from "vitest";
import { factsOf } from "../../server/src/project/facts.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { FORMAT_IDS, formatOf } from "../../server/src/formats/registry.ts";
import { SAMPLES } from "../support/format-samples.ts";

setFlagsFromString("--allow-natives-syntax");
const sameClass = runInThisContext("(a, b) => %HaveSameMap(a, b)") as (
  a: unknown,
  b: unknown,
) => boolean;

// The rules meet every block; were each of another hidden class, all of them would be slow.
it.each(FORMAT_IDS)("%s: judged blocks are of one hidden class", (id) => {
  // V8 makes fast copies only of what it has copied before.
  const drafts = Array.from({ length: 20 }, () => formatOf(id).parse(SAMPLES[id].blocks));
  for (const draft of drafts) factsOf(draft, settingsFrom({}));
  const judged = drafts.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === "paragraph"));
  const [first, ...others] = judged;
  expect(others.length).toBeGreaterThan(20);
  expect(others.every((other) => sameClass(first, other))).toBe(true);
});
