import type { Config } from "../settings/config/config.ts";
import type { ContentChange } from "../project/document.ts";
import type { Position } from "../text/lines.ts";
import type { StoredDraft, Workspace } from "../project/workspace.ts";
import type { Client } from "./client.ts";
import type { EditorOptions } from "./editor-config.ts";

/** The events that change the server's state. Drafts and files are named by their paths (`toPath`). */
export type Event =
  /** `initialize`, with the client's capabilities and folders. */
  | { readonly type: "connected"; readonly client: Client }
  /** `initialized`: from here on the server may send requests. */
  | { readonly type: "initialized" }
  /** The editor's settings are known for the first time, and the cache is open. */
  | { readonly type: "started" }
  | { readonly type: "stopped" }
  /** The client has named the program that is git. */
  | { readonly type: "git-found"; readonly program: string | undefined }
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
    }
  | {
      readonly type: "edited";
      readonly path: string;
      readonly version: number;
      readonly changes: readonly ContentChange[];
      /** In milliseconds of the host's clock. */
      readonly at: number;
    }
  /** The cursor is at a position in this version of a document, or not in it. */
  | {
      readonly type: "caret-moved";
      readonly path: string;
      readonly version: number | undefined;
      readonly position: Position | undefined;
    }
  /** There was no edit for a while; see `HeldBack.until`. */
  | { readonly type: "quiet-over"; readonly at: number }
  /** The writer is about to save. Not sent for automatic saves after a pause. */
  | { readonly type: "saving"; readonly path: string }
  | { readonly type: "saved"; readonly path: string }
  | { readonly type: "closed"; readonly path: string }
  /** The config files of an opened document have been read; see `ServerState.loading`. */
  | { readonly type: "configs-loaded"; readonly path: string; readonly opening: number };

type SettingsEvent =
  /** The client's settings may have changed. A client that can't be asked sends them along. */
  | { readonly type: "configuration-changed"; readonly settings: unknown }
  | { readonly type: "settings-requested" }
  /** The answer to the request of this number, by folder; under "" are the settings outside all folders. */
  | {
      readonly type: "settings-read";
      readonly request: number;
      readonly editor: ReadonlyMap<string, Config>;
      readonly options: EditorOptions;
    }
  | { readonly type: "settings-changed" };

type FilesEvent =
  /** Workspace folders were added or removed, by the client's URIs. */
  | {
      readonly type: "folders-changed";
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  /** The settings of the added folders are known. */
  | { readonly type: "folders-loaded" }
  /** Whether each of these open documents, whose files or folders have changed, has no file any more. */
  | { readonly type: "files-changed"; readonly isDeleted: ReadonlyMap<string, boolean> }
  | { readonly type: "rules-read"; readonly workspace: Workspace };

type DraftsEvent =
  /** Drafts on disk were checked; undefined if there is no draft. */
  | {
      readonly type: "drafts-checked";
      readonly drafts: ReadonlyMap<string, StoredDraft | undefined>;
    }
  /** These drafts or their settings may have changed, or they were deleted. */
  | { readonly type: "drafts-changed"; readonly paths: readonly string[] }
  /** The comparison of these drafts with others has a new result. */
  | { readonly type: "drafts-compared"; readonly paths: readonly string[] };
