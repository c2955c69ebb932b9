import type { BatchDraft, Checker, Clock, FactsCache, Files, FileStats } from "./host.ts";
import { toKey } from "./places.ts";
import { toStamp, configForStored, type Workspace } from "./workspace.ts";
import { addToList } from "../text/lists.ts";
import { type StoredFacts, storedFacts } from "./facts.ts";
import type { Settings } from "../settings/settings.ts";
import { isNotProse } from "../formats/registry.ts";
import { isTooLarge } from "../draft/largest.ts";
import { decode } from "../text/decode.ts";

/** The result of checking a draft on disk. */
export interface CheckedDraft {
  /** Undefined if there is no draft. */
  readonly facts: StoredFacts | undefined;
  /** The stamp (`toStamp`) it was checked with; undefined if the path is not a draft and was not read. */
  readonly stamp: string | undefined;
  readonly stats?: FileStats | undefined;
}

export const NO_DRAFT: CheckedDraft = { facts: undefined, stamp: undefined };

/** How drafts are read and checked. */
export interface DraftCheck {
  readonly workspace: Workspace;
  readonly clock: Clock;
  readonly filesFor: (uri: string) => Files;
  readonly cache: FactsCache | undefined;
  /** The checker for drafts, the largest of which has `largest` bytes. */
  readonly checkerFor: (largest: number) => Checker | undefined;
}

interface CheckJob {
  readonly path: string;
  readonly stamp: string;
  readonly key: string | undefined;
  readonly stats: FileStats | undefined;
  readonly draft: BatchDraft;
}

/** Reads and checks drafts on disk, by path, with the workspace's current settings, or takes cached results. */
export async function checkDrafts(
  { workspace, clock, filesFor, cache, checkerFor }: DraftCheck,
  paths: readonly string[],
): Promise<Map<string, CheckedDraft>> {
  const results = new Map<string, CheckedDraft>();
  const groups = new Map<Settings, CheckJob[]>();
  await Promise.all(
    paths.map(async (path) => {
      results.set(path, NO_DRAFT);
      const config = configForStored(workspace, path);
      if (config === undefined) return;
      const stamp = toStamp(config);
      results.set(path, { facts: undefined, stamp });
      const uri = toKey(path);
      const files = filesFor(uri);
      const bytes = await files.read(uri);
      if (typeof bytes === "string") return;
      const fileStats = files.stats?.(uri);
      const stats = typeof fileStats === "object" ? fileStats : undefined;
      const key = cache?.toKey(bytes, stamp);
      const known = key === undefined ? undefined : cache?.get(key);
      if (known !== undefined) {
        results.set(path, { facts: known, stamp, stats });
        return;
      }
      const { settings, format, explicitlyIncluded } = config;
      const draft = { path, bytes, format, explicitlyIncluded };
      addToList(groups, settings, { path, stamp, key, stats, draft });
    }),
  );
  for (const [settings, jobs] of groups) {
    const drafts = jobs.map(({ draft }) => draft);
    const largest = Math.max(...drafts.map(({ bytes }) => bytes.length));
    const checker = checkerFor(largest) ?? inThreadChecker(clock);
    const facts = await checker.check({ settings, drafts });
    jobs.forEach(({ path, stamp, key, stats }, index) => {
      const checked = facts[index];
      if (checked === undefined) return;
      if (key !== undefined) cache?.set(key, checked);
      results.set(path, { facts: checked, stamp, stats });
    });
  }
  return results;
}

/** Checks one draft from its bytes; undefined if they are not text or not prose. */
export function checkDraft(draft: BatchDraft, settings: Settings): StoredFacts | undefined {
  const read = draftText(draft);
  return "no" in read ? undefined : storedFacts(read.text, draft.format, settings);
}

/** A checker on the calling thread, which yields to waiting messages after every draft. */
export function inThreadChecker(clock: Clock): Checker {
  return {
    width: 1,
    isOffThread: false,
    check: async ({ drafts, settings }) => {
      const facts: (StoredFacts | undefined)[] = [];
      for (const draft of drafts) {
        facts.push(checkDraft(draft, settings));
        await clock.turn();
      }
      return facts;
    },
    dispose: () => undefined,
  };
}

/** The text of a draft, or what its bytes are not: text, of a draft's size, or prose. Never throws. */
export function draftText({
  bytes,
  path,
  format,
  explicitlyIncluded,
}: BatchDraft): { readonly text: string } | { readonly no: "text" | "draft" | "prose" } {
  const text = decode(bytes);
  if (text === undefined) return { no: "text" };
  if (isTooLarge(text)) return { no: "draft" };
  return explicitlyIncluded || !isNotProse(format, text, path) ? { text } : { no: "prose" };
}
