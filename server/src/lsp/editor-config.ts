import type { Connection } from "vscode-languageserver";
import { PAUSED } from "../protocol.ts";
import type { Config } from "../settings/config/config.ts";
import { shortened } from "../settings/config/messages.ts";
import { newPatternBudget, type PatternBudget, takePattern, TOO_MUCH } from "../settings/glob.ts";
import { fits, record, valueAt } from "../settings/json-schema.ts";
import { editorSettings } from "../settings/settings.ts";
import { SETTINGS, TABLE, type Table } from "../settings/table.ts";
import { type Wording, wording } from "../text/wording.ts";

export interface EditorConfig {
  readonly config: Config;
  readonly options: EditorOptions;
  readonly mistakes: readonly Wording[];
}

/** The settings that only the server uses (`use: "editor"` in the table), by their keys. */
export type EditorOptions = {
  readonly [
    Key in keyof Table as Table[Key] extends { readonly use: "editor" } ? Key : never
  ]: Table[Key] extends { readonly read: (value: unknown) => infer Value } ? Value : never;
} & { readonly isPaused: boolean };

/** Reads values of the sections `galley`, `files.exclude`, `search.exclude` and `PAUSED`; null counts as not set. */
export function editorConfig(
  galley: unknown,
  filesExclude: unknown,
  searchExclude: unknown,
  paused: unknown = null,
): EditorConfig {
  const options = { ...editorOptions(galley), isPaused: paused === true };
  const mistakes: Wording[] = [];
  const budget = newPatternBudget();
  const validPatterns = (patterns: readonly string[], setting: string): string[] =>
    patternsWithin(budget, patterns, setting, mistakes);
  const include = validPatterns(
    strings(valueAt(galley, TABLE.include.name)),
    `galley.${TABLE.include.name}`,
  );
  const exclude = [
    // With `galley.enable` off nothing is a draft, whatever a config file includes.
    ...(options.enable ? [] : ["**"]),
    ...validPatterns(strings(valueAt(galley, TABLE.exclude.name)), `galley.${TABLE.exclude.name}`),
    ...validPatterns(excluded(filesExclude), "files.exclude"),
    ...validPatterns(excluded(searchExclude), "search.exclude"),
  ];
  return {
    config: {
      ...editorSettings(galley),
      ...(include.length > 0 ? { include } : {}),
      ...(exclude.length > 0 ? { exclude: [...new Set(exclude)].sort() } : {}),
    },
    options,
    mistakes,
  };
}

/** Reads the server's own settings; a value of the wrong type counts as not set. */
function editorOptions(galley: unknown): Omit<EditorOptions, "isPaused"> {
  const options = SETTINGS.flatMap(([key, setting]) => {
    if (setting.use !== "editor") return [];
    const { name, schema, read } = setting;
    const value = valueAt(galley, name);
    return [[key, read(fits(schema, value) ? value : schema.default)] as const];
  });
  // The table types each key's value; `fromEntries` loses that.
  return Object.fromEntries(options) as unknown as EditorOptions;
}

/** Requests the client's settings for a folder, or without a scope. */
export async function askEditorConfig(
  connection: Connection,
  scopeUri: string | undefined,
): Promise<EditorConfig> {
  const scope = scopeUri === undefined ? {} : { scopeUri };
  try {
    const values: readonly unknown[] = await connection.workspace.getConfiguration(
      ["galley", "files.exclude", "search.exclude", PAUSED].map((section) => ({
        ...scope,
        section,
      })),
    );
    return editorConfig(values[0], values[1], values[2], values[3]);
  } catch {
    return editorConfig(null, null, null);
  }
}

/** The patterns that are on. VS Code anchors a pattern without a slash to the folder. */
function excluded(value: unknown): string[] {
  return Object.entries(record(value))
    .filter(([, on]) => on === true)
    .map(([pattern]) => (pattern.includes("/") ? pattern : `/${pattern}`));
}

/** The valid patterns of a setting; messages about the others are added to `mistakes`. */
function patternsWithin(
  budget: PatternBudget,
  patterns: readonly string[],
  setting: string,
  mistakes: Wording[],
): string[] {
  return patterns.filter((pattern) => {
    const taken = takePattern(budget, pattern);
    if (taken === "counts") return true;
    // VS Code itself reports invalid patterns in its own settings.
    const isTold = setting.startsWith("galley.") || taken.problem === TOO_MUCH;
    if (taken.problem !== undefined && isTold && mistakes.length < MAX_MISTAKES) {
      const which = wording("“{0}” in the setting “{1}”", shortened(pattern), setting);
      mistakes.push(taken.problem(which));
    }
    return false;
  });
}

const MAX_MISTAKES = 5;

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
