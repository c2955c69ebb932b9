import { schemeOf } from "../project/places.ts";
import type { DraftConfig, Workspace } from "../project/workspace.ts";
import { EMPTY, configForOpen } from "../project/workspace.ts";
import { type Client, clientOf } from "./client.ts";
import { type EditorOptions, editorConfig } from "./editor-config.ts";

/**
 * All that the server knows: a value. An event makes the next of it (`transition`), which shares with it
 * whatever is the same.
 */
export interface ServerState {
  /**
   * It is connected from `initialize` on, starts at `initialized`, and runs once the editor's settings are
   * known: before that nothing is judged.
   */
  readonly phase: "new" | "connected" | "starting" | "running" | "stopped";
  readonly client: Client;
  readonly workspace: Workspace;
  readonly options: EditorOptions;
  /** How often the editor's settings were asked for: of two answers, the one asked for later counts. */
  readonly settingsRequests: number;
  /** How often documents were opened; a number for each opening. */
  readonly openings: number;
  /** The open documents whose config files are still being read, with the number of their opening. */
  readonly loading: ReadonlyMap<string, number>;
  /** What held for each open document when that was last looked at; undefined where it was no draft. */
  readonly draftConfigs: ReadonlyMap<string, DraftConfig | undefined>;
  /** Files of which the client or a watcher has told, and which were not looked at yet. */
  readonly changedFiles: ChangedFiles | undefined;
  /** When the client last edited or asked something, in milliseconds of the host's clock. */
  readonly lastActivity: number;
}

/** A list that grows by a link: news may come file by file, in thousands. */
export interface ChangedFiles {
  readonly paths: readonly string[];
  readonly before: ChangedFiles | undefined;
}

export const INITIAL_STATE: ServerState = {
  phase: "new",
  client: clientOf({ capabilities: {}, workspaceFolders: null }),
  workspace: EMPTY,
  options: editorConfig(null, null, null).options,
  settingsRequests: 0,
  openings: 0,
  loading: new Map(),
  draftConfigs: new Map(),
  changedFiles: undefined,
  lastActivity: -Infinity,
};

/** Whether the editor's settings are known, so that there is something to answer. */
export function isReady({ phase }: ServerState): boolean {
  return phase === "running" || phase === "stopped";
}

/** Documents of these schemes are looked at; those of workspace folders are too. */
const SCHEMES = new Set(["file", "untitled"]);

/** Whether a document is a text that somebody writes, and not a diff side, a search result or a log. */
export function isServed({ folders }: Workspace, uri: string): boolean {
  const scheme = schemeOf(uri);
  return SCHEMES.has(scheme) || folders.some((folder) => schemeOf(folder) === scheme);
}

/** How an open document is read and judged now; undefined where it is no draft. */
export function draftConfigOf(workspace: Workspace, path: string): DraftConfig | undefined {
  const document = workspace.open.get(path);
  if (document === undefined || !isServed(workspace, document.uri)) return undefined;
  return configForOpen(workspace, path, document);
}

/** Whether a draft is read and judged alike under both. */
export function isSameConfig(
  one: DraftConfig | undefined,
  other: DraftConfig | undefined,
): boolean {
  return one?.settings === other?.settings && one?.format === other?.format;
}

/** The files of which something was told, each once. */
export function changedPaths(files: ChangedFiles | undefined): Set<string> {
  const links: ChangedFiles[] = [];
  for (let link = files; link !== undefined; link = link.before) links.push(link);
  return new Set(links.reverse().flatMap(({ paths }) => paths));
}
