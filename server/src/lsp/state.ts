import { type AppliedBaseline, nameIn } from "../project/baselines.ts";
import { uriScheme } from "../project/places.ts";
import { SNIPPET_SCHEMES } from "../project/snippets.ts";
import {
  type DraftConfig,
  type Workspace,
  EMPTY,
  baselineFor,
  configForOpen,
} from "../project/workspace.ts";
import { type Client, toClient } from "./client.ts";
import { type EditorOptions, editorConfig } from "./editor-config.ts";
import type { HeldBack } from "./quiet.ts";

/**
 * The state of the server: an immutable value. `transition` returns the next one after an event.
 */
export interface ServerState {
  /**
   * `connected` after `initialize`, `starting` after `initialized`, `running` once the editor's settings are known.
   * Nothing is checked before that.
   */
  readonly phase: "new" | "connected" | "starting" | "running" | "stopped";
  readonly client: Client;
  readonly workspace: Workspace;
  readonly options: EditorOptions;
  /** The program that reads earlier versions of drafts; undefined if none is known, or the workspace is not trusted. */
  readonly git: string | undefined;
  /** The number of the last opening of a document. */
  readonly openings: number;
  /** The open documents whose config files are still being read, with the number of their opening. */
  readonly loading: ReadonlyMap<string, number>;
  /** The paragraph at the cursor whose new findings are held back; undefined if there is none. */
  readonly heldBack: HeldBack | undefined;
}

export const INITIAL_STATE: ServerState = {
  phase: "new",
  client: toClient({ capabilities: {}, workspaceFolders: null }),
  workspace: EMPTY,
  options: editorConfig(null, null, null).options,
  git: undefined,
  openings: 0,
  loading: new Map(),
  heldBack: undefined,
};

/** Whether the editor's settings are known, so that requests can be answered. */
export function isReady({ phase }: ServerState): boolean {
  return phase === "running" || phase === "stopped";
}

/** Whether new findings are held back while a paragraph is being written. */
export function holdsBack({ client, options }: ServerState): boolean {
  return client.sendsCaret && hearsLater(client) && options.quietWhileTyping;
}

/** Whether a client receives findings that arrive after its request. One that can't be told to pull again would not. */
export function hearsLater({ pulls, refreshes }: Client): boolean {
  return !pulls || refreshes;
}

/** Documents with these schemes are checked, besides the schemes of the workspace folders. */
const SCHEMES = new Set(["file", "untitled", ...SNIPPET_SCHEMES]);

/** Whether documents of this scheme are checked: not a diff side, a search result or a log. */
export function isServed({ folders }: Workspace, uri: string): boolean {
  const scheme = uriScheme(uri);
  return SCHEMES.has(scheme) || folders.some((folder) => uriScheme(folder) === scheme);
}

/** The settings and format of an open document; undefined if it is not a draft. */
export function servedConfig(workspace: Workspace, path: string): DraftConfig | undefined {
  const document = workspace.open.get(path);
  if (document === undefined || !isServed(workspace, document.uri)) return undefined;
  return configForOpen(workspace, path, document);
}

/** The baseline that applies to a draft in the editor; `renames` has the former names of drafts that it lists. */
export function appliedBaseline(
  { workspace, options }: Pick<ServerState, "workspace" | "options">,
  path: string,
  renames: ReadonlyMap<string, string> = new Map(),
): AppliedBaseline | undefined {
  const mode = options.baseline;
  const baseline = mode === "off" ? undefined : baselineFor(workspace, path);
  if (mode === "off" || baseline === undefined) return undefined;
  return { baseline, mode, name: renames.get(path) ?? nameIn(baseline, path) };
}

export function isSameBaseline(
  one: AppliedBaseline | undefined,
  other: AppliedBaseline | undefined,
): boolean {
  return one?.baseline === other?.baseline && one?.mode === other?.mode;
}

/** Whether both give the same findings for the same text. */
export function isSameConfig(
  one: DraftConfig | undefined,
  other: DraftConfig | undefined,
): boolean {
  return one?.settings === other?.settings && one?.format === other?.format;
}
