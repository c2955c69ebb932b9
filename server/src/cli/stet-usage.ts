import path from "node:path";
import { readFileBounded } from "../host/node/read-file.ts";
import { MAX_BYTES } from "../project/size-limits.ts";
import { stetPlaces } from "../settings/config/edits.ts";
import { decodeConfig } from "../settings/config/read.ts";
import type { Settings, StetEntry } from "../settings/settings.ts";
import { lineIndex } from "../text/lines.ts";
import type { Run } from "./judged.ts";
import { fileOfPath, isWholeFolder, shownPath } from "./paths.ts";
import type { Problem } from "./problems.ts";
import { type Range, toRange } from "./reported.ts";

/** The text of a config file; empty where it can't be read. */
export function readConfigText(file: string): string {
  const read = readFileBounded(file, MAX_BYTES.config);
  return "unread" in read ? "" : decodeConfig(read.bytes);
}

/** The stet entries in a config file's text, and where they stand. */
export function entriesIn(
  text: string,
): readonly { readonly entry: StetEntry; readonly range: Range }[] {
  const lines = lineIndex(text);
  return stetPlaces(text).map(({ entry, span: { start, end } }) => {
    return { entry, range: toRange(lines, start, end) };
  });
}

/** What tells a stet entry from others, whichever file it is from. */
export function toKey({ rule, hash }: StetEntry): string {
  return JSON.stringify([rule, hash]);
}

/** The keys of the settings' entries of these numbers. */
export function toKeys({ stet }: Settings, numbers: Iterable<number>): Set<string> {
  return new Set(
    Array.from(numbers, (number) => stet[number]).flatMap((entry) =>
      entry === undefined ? [] : [toKey(entry)],
    ),
  );
}

/** Problems for stet entries that match no draft, in config files whose whole folder was checked. A skipped draft may match. */
export function goneStets({ cwd, onDisk, outcomes }: Run): Problem[] {
  const standing = new Map<string, Set<string>>();
  for (const [{ resolved }, outcome] of outcomes) {
    const { configPath, settings } = resolved;
    if (configPath === undefined || settings.stet.length === 0 || !("result" in outcome)) continue;
    const known = standing.get(configPath) ?? new Set();
    standing.set(configPath, known);
    for (const key of toKeys(settings, outcome.result.matchedStets)) known.add(key);
  }
  return [...standing].flatMap(([configPath, keys]) => {
    const file = fileOfPath(configPath);
    if (!isWholeFolder(cwd, onDisk, path.dirname(file))) return [];
    const gone = entriesIn(readConfigText(file)).filter(({ entry }) => !keys.has(toKey(entry)));
    return gone.map(({ entry, range: { start } }) => ({
      path: shownPath(cwd, file),
      message: `${start.line + 1}:${start.character + 1}: The passage “${entry.text} …” that this lets stand is in no draft that was checked.`,
      fatal: false,
    }));
  });
}
