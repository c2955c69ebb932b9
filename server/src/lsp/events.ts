import type { Config } from "../settings/config/config.ts";
import type { ContentChange } from "../project/document.ts";
import type { StoredDraft, Workspace } from "../project/workspace.ts";
import type { Client } from "./client.ts";
import type { EditorOptions } from "./editor-config.ts";

/** What can happen to the server. Drafts and files are named by their paths. */
export type Event =
  /** `initialize`: who the client is, and which folders it has open. */
  | { readonly type: "connected"; readonly client: Client }
  /** `initialized`: the client takes requests. */
  | { readonly type: "initialized" }
  /** The editor's settings are known for the first time, and the cache is open. */
  | { readonly type: "started" }
  | { readonly type: "stopped" }
  /** Somebody asks something; `at` is in milliseconds of the host's clock, as in all that has one. */
  | { readonly type: "requested"; readonly at: number }
  | DocumentEvent
  | SettingsEvent
  | FilesEvent
  | DraftsEvent;

type DocumentEvent =
  | {
      readonly type: "opened";
      readonly path: string;
      readonly uri: string;
      readonly languageId: string;
      readonly version: number;
      readonly text: string;
      readonly at: number;
    }
  | {
      readonly type: "edited";
      readonly path: string;
      readonly version: number;
      readonly changes: readonly ContentChange[];
      readonly at: number;
    }
  | { readonly type: "saved"; readonly path: string }
  | { readonly type: "closed"; readonly path: string; readonly at: number }
  /** The config files that an opened document may obey have been read; see `ServerState.loading`. */
  | { readonly type: "configs-loaded"; readonly path: string; readonly opening: number };

type SettingsEvent =
  /** The client's settings may be different; it sends them along if nobody can ask for them. */
  | { readonly type: "configuration-changed"; readonly settings: unknown }
  | { readonly type: "settings-requested" }
  /** The answer to the request of this number: by folder, and under "" for what stands in none. */
  | {
      readonly type: "settings-read";
      readonly request: number;
      readonly editor: ReadonlyMap<string, Config>;
      readonly options: EditorOptions;
    }
  /** Other settings hold than before. */
  | { readonly type: "settings-changed" };

type FilesEvent =
  /** Folders of the workspace come and go, by the client's URIs. */
  | {
      readonly type: "folders-changed";
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  /** The settings of the folders that were added are known. */
  | { readonly type: "folders-loaded" }
  /** Something was told of files or folders; they may be there or gone. */
  | { readonly type: "files-changed"; readonly paths: readonly string[] }
  /** What was told of files is being looked at. */
  | { readonly type: "files-taken" }
  /** Config files and ignore files were read. */
  | { readonly type: "rules-read"; readonly workspace: Workspace };

type DraftsEvent =
  /** Drafts on disk were judged; undefined: there is none. */
  | {
      readonly type: "drafts-judged";
      readonly drafts: ReadonlyMap<string, StoredDraft | undefined>;
    }
  /** These drafts, or what holds for them, may be different or gone. */
  | { readonly type: "drafts-changed"; readonly paths: readonly string[] }
  /** What other drafts have of these is different. */
  | { readonly type: "drafts-compared"; readonly paths: readonly string[] };
