import type { Connection } from "vscode-languageserver";
import type { Config } from "../settings/config/config.ts";
import { shortened } from "../settings/config/messages.ts";
import {
  compileGlob,
  newPatternBudget,
  type PatternBudget,
  takePattern,
} from "../settings/glob.ts";
import { fits, record, valueAt } from "../settings/json-schema.ts";
import { editorSettings } from "../settings/settings.ts";
import { SETTINGS, TABLE, type Table } from "../settings/table.ts";

/** The editor's settings for one folder, as far as they are about drafts. */
export interface EditorConfig {
  readonly config: Config;
  readonly options: EditorOptions;
  /** What is wrong with its patterns, in plain words. */
  readonly mistakes: readonly string[];
}

/** The editor's settings that no draft knows of, by their names in the table. */
export type EditorOptions = {
  readonly [
    Key in keyof Table as Table[Key] extends { readonly use: "editor" } ? Key : never
  ]: Table[Key] extends { readonly read: (value: unknown) => infer Value } ? Value : never;
};

/** Reads values of the sections `galley`, `files.exclude` and `search.exclude`; null counts as not set. */
export function editorConfig(
  galley: unknown,
  filesExclude: unknown,
  searchExclude: unknown,
): EditorConfig {
  const options = editorOptions(galley);
  const mistakes: string[] = [];
  const budget = newPatternBudget();
  const validPatterns = (patterns: readonly string[], setting: string): string[] =>
    patternsWithin(budget, patterns, setting, mistakes);
  const include = validPatterns(
    strings(valueAt(galley, TABLE.include.name)),
    `galley.${TABLE.include.name}`,
  );
  const exclude = [
    // Switched off: nothing is a draft, whatever a config file says.
    ...(options.enable ? [] : ["**"]),
    ...validPatterns(strings(valueAt(galley, TABLE.exclude.name)), `galley.${TABLE.exclude.name}`),
    // Of these the editor itself says what is wrong.
    ...validPatterns(excluded(filesExclude).filter(isGlob), "files.exclude"),
    ...validPatterns(excluded(searchExclude).filter(isGlob), "search.exclude"),
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

/** Reads what no draft knows of; a value of the wrong kind counts as not set. */
function editorOptions(galley: unknown): EditorOptions {
  const options = SETTINGS.flatMap(([key, setting]) => {
    if (setting.use !== "editor") return [];
    const { name, schema, read } = setting;
    const value = valueAt(galley, name);
    return [[key, read(fits(schema, value) ? value : schema.default)] as const];
  });
  // The table gives each key a value of its type.
  return Object.fromEntries(options) as unknown as EditorOptions;
}

/** Asks the client for its settings for a folder, or for no folder in particular. */
export async function askEditorConfig(
  connection: Connection,
  scopeUri: string | undefined,
): Promise<EditorConfig> {
  const scope = scopeUri === undefined ? {} : { scopeUri };
  try {
    const values: readonly unknown[] = await connection.workspace.getConfiguration(
      ["galley", "files.exclude", "search.exclude"].map((section) => ({ ...scope, section })),
    );
    return editorConfig(values[0], values[1], values[2]);
  } catch {
    return editorConfig(null, null, null);
  }
}

/** The patterns that are on. Without a slash they are about the folder itself, not about every depth. */
function excluded(value: unknown): string[] {
  return Object.entries(record(value))
    .filter(([, on]) => on === true)
    .map(([pattern]) => (pattern.includes("/") ? pattern : `/${pattern}`));
}

function isGlob(pattern: string): boolean {
  return "ok" in compileGlob(pattern);
}

/** The patterns of a setting that count; what is wrong with the others is added to `mistakes`. */
function patternsWithin(
  budget: PatternBudget,
  patterns: readonly string[],
  setting: string,
  mistakes: string[],
): string[] {
  return patterns.filter((pattern) => {
    const taken = takePattern(budget, pattern);
    if (taken === "counts") return true;
    if (taken.problem !== undefined && mistakes.length < MAX_MISTAKES) {
      mistakes.push(`“${shortened(pattern)}” in the setting “${setting}” ${taken.problem}`);
    }
    return false;
  });
}

const MAX_MISTAKES = 5;

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
