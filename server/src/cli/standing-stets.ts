import { readFileSync } from "node:fs";
import path from "node:path";
import { stetPlace } from "../core/config.ts";
import { decode } from "../core/decode.ts";
import { lineIndex, positionAt } from "../core/lines.ts";
import type { StetEntry } from "../core/settings.ts";
import { type Input, type Problem, shownPath } from "./inputs.ts";

/** Gathers which entries of `stet` in the config files are about passages that drafts have. */
export class StandingStets {
  readonly #byConfig = new Map<string, { entries: readonly StetEntry[]; standing: Set<number> }>();

  add({ resolved }: Input, standing: readonly number[]): void {
    const { configPath, settings } = resolved;
    if (configPath === undefined || settings.stet.length === 0) return;
    const known = this.#byConfig.get(configPath) ?? {
      entries: settings.stet,
      standing: new Set(),
    };
    for (const number of standing) known.standing.add(number);
    this.#byConfig.set(configPath, known);
  }

  /** The entries whose passage no draft has, of the config files whose folders were checked as a whole. */
  gone(cwd: string, paths: readonly string[]): Problem[] {
    const problems: Problem[] = [];
    const tops = paths.map((given) => path.resolve(cwd, given));
    for (const [config, { entries, standing }] of this.#byConfig) {
      const folder = path.dirname(path.resolve(config));
      if (!tops.some((top) => folder === top || folder.startsWith(top + path.sep))) continue;
      const text = decode(readFileSync(config)) ?? "";
      const lines = lineIndex(text);
      entries.forEach((entry, number) => {
        const place = stetPlace(text, number);
        if (standing.has(number) || place === undefined) return;
        const { line, character } = positionAt(lines, place.start);
        problems.push({
          path: shownPath(cwd, path.resolve(config)),
          message: `${line + 1}:${character + 1}: The passage “${entry.text} …” that this lets stand is in no draft any more. Delete the entry.`,
          fatal: false,
        });
      });
    }
    return problems;
  }
}
