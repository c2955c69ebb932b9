import type { Connection } from "vscode-languageserver";
import type { Config } from "../settings/config/config.ts";
import { shortened } from "../settings/config/messages.ts";
import { compileGlob } from "../settings/glob.ts";
import { editorSettings } from "../settings/settings.ts";

/** The editor's settings for one folder, as far as they are about drafts. */
export interface EditorConfig {
  readonly config: Config;
  readonly options: EditorOptions;
  /** What is wrong with its patterns, in plain words. */
  readonly mistakes: readonly string[];
}

/** The editor's settings that no draft knows of. */
export interface EditorOptions {
  /** Whether every draft of the workspace is checked, or the open ones only. */
  readonly checksWorkspace: boolean;
  /** The most drafts of a workspace that are checked without being open. */
  readonly mostDrafts: number;
  /** Whether “fix all” deletes repeated passages, too. */
  readonly fixesRepeats: boolean;
}

const MOST_DRAFTS = 20_000;

/** Reads values of the sections `galley`, `files.exclude` and `search.exclude`; null counts as not set. */
export function editorConfig(
  galley: unknown,
  filesExclude: unknown,
  searchExclude: unknown,
): EditorConfig {
  const root = record(galley);
  const workspace = record(root["workspace"]);
  const most = workspace["maxDrafts"];
  const mistakes: string[] = [];
  const include = globs(root["include"], "galley.include", mistakes);
  const exclude = [
    // Switched off: nothing is a draft, whatever a config file says.
    ...(root["enable"] === false ? ["**"] : []),
    ...globs(root["exclude"], "galley.exclude", mistakes),
    ...excluded(filesExclude),
    ...excluded(searchExclude),
    ...(root["enable"] === false ? ["**"] : []),
  ];
  return {
    config: {
      ...editorSettings(galley),
      ...(include.length > 0 ? { include } : {}),
      ...(exclude.length > 0 ? { exclude: [...new Set(exclude)].sort() } : {}),
    },
    options: {
      checksWorkspace: workspace["check"] !== "open drafts only",
      mostDrafts: typeof most === "number" && most >= 0 ? most : MOST_DRAFTS,
      fixesRepeats: record(root["fixAll"])["repeats"] === true,
    },
    mistakes,
  };
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

/** The patterns of a setting that are any; what is wrong with the others is added to `mistakes`. */
function globs(value: unknown, setting: string, mistakes: string[]): string[] {
  return strings(value).filter((pattern) => {
    const compiled = compileGlob(pattern);
    if ("ok" in compiled) return true;
    if (mistakes.length < MOST_MISTAKES) {
      mistakes.push(`“${shortened(pattern)}” in the setting “${setting}” ${compiled.problem}`);
    }
    return false;
  });
}

const MOST_MISTAKES = 5;

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
