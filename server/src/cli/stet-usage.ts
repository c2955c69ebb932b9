import path from "node:path";
import { stetPlaces } from "../settings/config/edits.ts";
import { decode } from "../text/decode.ts";
import { lineIndex, positionAt } from "../text/lines.ts";
import type { StetEntry } from "../settings/settings.ts";
import { MAX_BYTES } from "../project/size-limits.ts";
import { readFileBounded } from "../host/node/read-file.ts";
import type { Input } from "./inputs.ts";
import { fileOfPath, isWholeFolder, shownPath } from "./paths.ts";
import type { Problem } from "./problems.ts";

/** Records which stet entries of the config files match a passage in a draft. */
export class StetUsage {
  readonly #byConfig = new Map<
    string,
    { entries: readonly StetEntry[]; first: number; standing: Set<number> }
  >();

  add({ resolved }: Input, standing: readonly number[]): void {
    const { configPath, stetsOfOthers, settings } = resolved;
    if (configPath === undefined || settings.stet.length === 0) return;
    const known = this.#byConfig.get(configPath) ?? {
      entries: settings.stet,
      // Those before are of files that it extends, and may be of use to others who do.
      first: stetsOfOthers,
      standing: new Set(),
    };
    for (const number of standing) known.standing.add(number);
    this.#byConfig.set(configPath, known);
  }

  /**
   * Problems for the entries that match no draft, of config files whose whole folder was checked. (A draft that
   * was skipped, for example by `.gitignore`, may still match.)
   */
  gone(cwd: string, paths: readonly string[]): Problem[] {
    const problems: Problem[] = [];
    for (const [configPath, { entries, first, standing }] of this.#byConfig) {
      const config = fileOfPath(configPath);
      if (!isWholeFolder(cwd, paths, path.dirname(config))) continue;
      const gone = [...entries.keys()].filter((number) => number >= first && !standing.has(number));
      if (gone.length === 0) continue;
      const read = readFileBounded(config, MAX_BYTES.config);
      const text = ("unread" in read ? undefined : decode(read.bytes)) ?? "";
      const lines = lineIndex(text);
      const places = stetPlaces(text);
      for (const number of gone) {
        const place = places[number - first];
        if (place === undefined) continue;
        const { line, character } = positionAt(lines, place.start);
        const shown = entries[number]?.text ?? "";
        problems.push({
          path: shownPath(cwd, config),
          message: `${line + 1}:${character + 1}: The passage “${shown} …” that this lets stand is in no draft that was checked.`,
          fatal: false,
        });
      }
    }
    return problems;
  }
}
