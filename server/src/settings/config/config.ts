import { type ConfigReading, readConfig } from "./read.ts";
import { valueAt } from "../json-schema.ts";
import type { PartialSettings } from "../settings.ts";
import { settingsOfFile } from "../table.ts";
import { withoutEnd } from "../../text/trim.ts";
import { dirname } from "../../text/path.ts";

export const CONFIG_NAME = ".galley.json";

export interface Config extends PartialSettings {
  /** Config files that apply too, before this one. */
  readonly extends?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly overrides?: readonly Override[];
}

/** Settings for some of the drafts that a config file applies to. */
export interface Override extends PartialSettings {
  readonly files: readonly string[];
}

/** What a config file says, as far as it can be understood, and everything that can't. */
export interface ParsedConfig extends Omit<ConfigReading, "value"> {
  readonly config: Config;
}

/**
 * Reads the text of a `.galley.json`: JSON with comments and trailing commas. An empty text sets nothing. Never throws:
 * a mistake affects only the value that contains it.
 */
export function parseConfig(text: string): ParsedConfig {
  const { value, ...rest } = readConfig(text);
  return { config: toConfig(value), ...rest };
}

/**
 * The possible places of a config file for a draft, or of another file of that kind, nearest first: its folder and
 * those above, up to and including `root` (a workspace folder or a repository's root). Paths are separated by "/"; URIs
 * work as well. A draft outside `root` has only its own folder.
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

/** What a file says that fits the schema, by the names of settings in the code. */
function toConfig(file: unknown): Config {
  const top = toSettings(file, "top");
  const { overrides } = top;
  if (!Array.isArray(overrides)) return top;
  return {
    ...top,
    overrides: overrides.map((one: unknown) => ({
      ...toSettings(one, "override"),
      // The schema has checked that they exist.
      files: valueAt(one, "files") as readonly string[],
    })),
  };
}

function toSettings(shape: unknown, place: "top" | "override"): Config {
  const entries = settingsOfFile(place).map(([key, { name }]) => [key, valueAt(shape, name)]);
  // The schema has checked that each value has its setting's type.
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Config;
}
