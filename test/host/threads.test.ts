import { expect, test } from "vitest";
import { CHECK_DRAFTS, threads } from "../../server/src/host/node/threads.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";

const DRAFT = {
  path: "file:///a.md",
  format: "markdown",
  explicitlyIncluded: false,
  bytes: new TextEncoder().encode("The the end.\n"),
} as const;

test("a thread gets copies of the bytes, which are needed here if it fails", () => {
  const sent = CHECK_DRAFTS.outgoing?.(DRAFT);
  expect(sent?.task).toEqual(DRAFT);
  expect(sent?.task.bytes.buffer).not.toBe(DRAFT.bytes.buffer);
  expect(sent?.buffers).toEqual([sent?.task.bytes.buffer]);
});

test("what a thread gives back is handed over and not copied; of no draft there is nothing", () => {
  const facts = CHECK_DRAFTS.run(DRAFT, settingsFrom({}), undefined);
  expect(facts?.findings).toHaveLength(1);
  const buffers = CHECK_DRAFTS.buffersOf?.(facts) ?? [];
  expect(buffers).toContain(facts?.lines.buffer);
  expect(buffers).toContain(facts?.prints.hashes.buffer);
  expect(buffers).toContain(facts?.prints.row.buffer);
  expect(CHECK_DRAFTS.buffersOf?.(undefined)).toEqual([]);
});

test("there is a thread at least and four at most, and none is started for nothing", () => {
  const checker = threads(() => {
    throw new Error("started");
  });
  expect(checker.isOffThread).toBe(true);
  expect(checker.width).toBeGreaterThanOrEqual(1);
  expect(checker.width).toBeLessThanOrEqual(4);
  checker.dispose();
});
