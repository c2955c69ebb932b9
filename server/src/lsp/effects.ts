import type { OpenDocument } from "../project/document.ts";
import type { Event } from "./events.ts";
import { isSameConfig, type ServerState } from "./state.ts";

/** What is to be done about an event; `perform` does it. */
export type Effect =
  /** Has the client tell of changes. */
  | { readonly type: "register" }
  /** Asks for the settings, opens the cache, and then begins. */
  | { readonly type: "start" }
  | { readonly type: "stop" }
  /** Watches the folders that there are now. */
  | { readonly type: "watch-folders" }
  /** Forgets the ignore files that stand in no folder of the workspace. */
  | { readonly type: "forget-ignore-files" }
  /** Asks for the settings again, after the workspace has other folders or the client has other settings. */
  | { readonly type: "load-settings"; readonly because: "folders" | "configuration" }
  /** Reads the config files that an opened document may obey. */
  | { readonly type: "load-configs"; readonly path: string; readonly opening: number }
  /** Takes in what was told of files, with what is told in the next moment. */
  | { readonly type: "take-changed-files" }
  /** Looks through folders for drafts. */
  | { readonly type: "scan"; readonly folders: readonly string[] }
  /** Forgets the drafts on disk that are not to be checked any more. */
  | { readonly type: "drop-out-of-scope" }
  /** Has all drafts compared again. */
  | { readonly type: "compare-all" }
  /** Moves what other drafts have of a draft along with an edit. */
  | { readonly type: "shift-comparison"; readonly path: string; readonly document: OpenDocument }
  /** Sends a document's diagnostics to a client that asks for none. */
  | { readonly type: "publish"; readonly path: string }
  /** Has the workspace's reports and the other drafts follow an edit, after a pause. */
  | { readonly type: "follow-edit"; readonly path: string }
  /** Drops what was worked out for a document that is closed. */
  | { readonly type: "forget-document"; readonly path: string }
  /** Takes drafts as different; see the event of this name. */
  | { readonly type: "drafts-changed"; readonly paths: readonly string[] }
  /** Puts the words of drafts in the index as they are now, and compares what shares them. */
  | { readonly type: "compare"; readonly paths: readonly string[] }
  /** Reports the diagnostics of files that may be different. */
  | { readonly type: "report"; readonly paths: readonly string[] }
  /** Has the client ask again for the documents it has open. */
  | { readonly type: "refresh" };

/** What is to be done about an event, in this order: a function of the states before and after it. */
export function effectsOf(before: ServerState, event: Event, after: ServerState): Effect[] {
  const { workspace } = after;
  switch (event.type) {
    case "initialized":
      return after === before ? [] : [{ type: "register" }, { type: "start" }];
    case "started":
      return [
        { type: "watch-folders" },
        { type: "scan", folders: workspace.folders },
        { type: "drafts-changed", paths: [] },
      ];
    case "stopped":
      return [{ type: "stop" }];
    case "opened":
      return [
        { type: "load-configs", path: event.path, opening: after.openings },
        ...textChanged(after, event.path),
      ];
    case "edited": {
      const document = workspace.open.get(event.path);
      if (document === undefined) return [];
      return [
        { type: "shift-comparison", path: event.path, document },
        ...textChanged(after, event.path),
      ];
    }
    case "saved":
      return after === before ? [] : [{ type: "drafts-changed", paths: [event.path] }];
    case "closed":
      return [{ type: "forget-document", path: event.path }, ...textChanged(after, event.path)];
    case "configuration-changed":
      return [{ type: "load-settings", because: "configuration" }];
    case "settings-changed":
      return [
        { type: "drop-out-of-scope" },
        { type: "scan", folders: workspace.folders },
        { type: "drafts-changed", paths: listed(after) },
      ];
    case "folders-changed":
      return [
        { type: "forget-ignore-files" },
        { type: "watch-folders" },
        { type: "load-settings", because: "folders" },
      ];
    case "folders-loaded":
      return [
        { type: "drop-out-of-scope" },
        // A folder that was part of another may have other settings now.
        { type: "scan", folders: workspace.folders },
        // Drafts are called by other names.
        { type: "compare-all" },
        { type: "drafts-changed", paths: listed(after) },
      ];
    case "files-changed":
      return before.changedFiles === undefined ? [{ type: "take-changed-files" }] : [];
    case "drafts-changed": {
      const reconfigured = reconfiguredDrafts(before, after);
      const paths = [...new Set([...event.paths, ...reconfigured])];
      return [
        ...(reconfigured.length > 0 ? refresh(after) : []),
        { type: "report", paths },
        { type: "compare", paths },
      ];
    }
    case "drafts-compared": {
      const isOpen = event.paths.some((path) => workspace.open.has(path));
      return [{ type: "report", paths: event.paths }, ...(isOpen ? refresh(after) : [])];
    }
    case "connected":
    case "requested":
    case "configs-loaded":
    case "settings-requested":
    case "settings-read":
    case "files-taken":
    case "rules-read":
    case "drafts-judged":
      return [];
  }
}

/** After a document was opened, edited or closed. */
function textChanged({ client }: ServerState, path: string): Effect[] {
  // A client that pulls has the news already: the view of the workspace and other drafts follow.
  const follow: Effect = { type: "follow-edit", path };
  return client.pushes ? [{ type: "publish", path }, follow] : [follow];
}

/** The open drafts for which other settings hold, whatever the cause. */
function reconfiguredDrafts(before: ServerState, after: ServerState): string[] {
  if (before.draftConfigs === after.draftConfigs) return [];
  return [...after.draftConfigs]
    .filter(([path, config]) => !isSameConfig(config, before.draftConfigs.get(path)))
    .map(([path]) => path);
}

/** Of open documents and config files there is no list but these: when what is checked at all is different. */
function listed({ workspace: { open, configs } }: ServerState): string[] {
  return [...open.keys(), ...configs.keys()];
}

function refresh({ client: { pulls, refreshes } }: ServerState): Effect[] {
  return pulls && refreshes ? [{ type: "refresh" }] : [];
}
