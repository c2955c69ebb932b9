import { readConfig } from "./read.ts";
import type { ConfigProblem } from "./problem.ts";
import { valueAt } from "../json-schema.ts";
import type { PartialSettings } from "../settings.ts";
import { settingsOfFile } from "../table.ts";
import type { Span } from "../../text/span.ts";
import { withoutEnd } from "../../text/trim.ts";
import { dirname } from "../../text/path.ts";

export const CONFIG_NAME = ".galley.json";

export interface Config extends PartialSettings {
  /** Config files that hold as well, before this one. */
  readonly extends?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly overrides?: readonly Override[];
}

/** Settings for some of the drafts that a config file holds for. */
export interface Override extends PartialSettings {
  readonly files: readonly string[];
}

/** What a config file says, as far as it can be understood, and all that can't. */
export interface ParsedConfig {
  readonly config: Config;
  /** In the order of their places; a bounded number. */
  readonly problems: readonly ConfigProblem[];
  /** Where the entries of `extends` stand in the text, in UTF-16 units. */
  readonly extendsAt: readonly Span[];
  /** What the text means is ambiguous: no edit is made in it. */
  readonly isBroken: boolean;
}

/**
 * Reads the text of a `.galley.json`: JSON with comments and trailing commas. An empty text sets nothing.
 * Never throws: a mistake takes nothing out but the value that it is in.
 */
export function parseConfig(text: string): ParsedConfig {
  const { value, problems, extendsAt, isBroken } = readConfig(text);
  return { config: toConfig(value), problems, extendsAt, isBroken };
}

/**
 * Where a config file, or a file of another name, for the draft may stand, nearest first: its folder and those above, up to and
 * with `root` (a workspace folder or a repository's root). Paths are parted by "/"; URIs serve as well.
 * A draft outside `root` has its own folder alone.
 */
export function configPaths(draft: string, root: string, name = CONFIG_NAME): string[] {
  const paths: string[] = [];
  // “file://” is the root of the file system.
  const top = root.endsWith("://") ? root : withoutEnd(root, "/");
  const inside = draft.startsWith(`${top}/`);
  for (let folder = dirname(draft); ; folder = dirname(folder)) {
    paths.push(`${folder}/${name}`);
    if (!inside || folder.length <= top.length) return paths;
  }
}

/** What a file says that fits the schema, by the names that settings have in the code. */
function toConfig(file: unknown): Config {
  const top = toSettings(file, "top");
  const { overrides } = top;
  if (!Array.isArray(overrides)) return top;
  return {
    ...top,
    overrides: overrides.map((one: unknown) => ({
      ...toSettings(one, "override"),
      // The schema has seen that it has them.
      files: valueAt(one, "files") as readonly string[],
    })),
  };
}

function toSettings(shape: unknown, place: "top" | "override"): Config {
  const entries = settingsOfFile(place).map(([key, { name }]) => [key, valueAt(shape, name)]);
  // The schema has seen that each value is of its setting's type.
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Config;
}
