import { withExtended, withRules, type Workspace } from "./workspace.ts";
import type { Admission } from "../settings/config/extends.ts";
import type { Files } from "./host.ts";
import { toKey } from "./places.ts";
import type { ReadFailure } from "./read-limits.ts";

/*
 * A walk, an event and an opened draft all read config files and ignore files, at the same time. The read of a file
 * that started last wins, because every change of the file causes another read.
 */

/** Holds the config files and ignore files. */
export interface RuleStore {
  workspace: Workspace;
  readonly readOrder: ReadOrder;
}

/** The number of the last read, and of the read that produced each text. */
export interface ReadOrder {
  started: number;
  readonly lastRead: Map<string, number>;
}

export function newReadOrder(): ReadOrder {
  return { started: 0, lastRead: new Map() };
}

/** Reads a config file, a baseline or an ignore file, and reports one that exists and can't be read. */
export async function readRuleFile<Kind extends string>(
  files: Files,
  path: string,
  kind: Kind,
  listener: { unread(path: string, why: ReadFailure, kind: Kind): void } | undefined,
): Promise<Uint8Array | undefined> {
  const read = await files.read(toKey(path));
  if (typeof read !== "string") return read;
  if (read !== "gone") listener?.unread(path, read, kind);
  return undefined;
}

/** Returns the number of a new read. Call it before reading, and pass the texts to `applyRules`. */
export function startRead({ readOrder }: RuleStore): number {
  return ++readOrder.started;
}

/** Stores texts (see `withRules`), except those for which a later read was stored. */
export function applyRules(
  ruleStore: RuleStore,
  reading: number,
  configs: ReadonlyMap<string, string | undefined>,
  ignores: ReadonlyMap<string, string | undefined> = new Map(),
): void {
  const newest = <Text>(kind: string, texts: ReadonlyMap<string, Text>): Map<string, Text> =>
    newestOnly(ruleStore, reading, kind, texts);
  ruleStore.workspace = withRules(
    ruleStore.workspace,
    newest("config", configs),
    newest("ignore", ignores),
  );
}

/** Stores which files a config file may extend, except those for which a later read was stored. */
export function applyAdmissions(
  ruleStore: RuleStore,
  reading: number,
  config: string,
  admissions: ReadonlyMap<string, Admission>,
): void {
  ruleStore.workspace = withExtended(
    ruleStore.workspace,
    config,
    newestOnly(ruleStore, reading, `extended by ${config}`, admissions),
  );
}

function newestOnly<Value>(
  { readOrder: { lastRead: readOf } }: RuleStore,
  reading: number,
  kind: string,
  values: ReadonlyMap<string, Value>,
): Map<string, Value> {
  return new Map(
    [...values].filter(([place]) => {
      const name = `${kind} ${place}`;
      if ((readOf.get(name) ?? 0) > reading) return false;
      readOf.set(name, reading);
      return true;
    }),
  );
}
