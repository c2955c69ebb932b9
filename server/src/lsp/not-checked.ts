import { isTooLarge } from "../draft/largest.ts";
import { toKey } from "../project/places.ts";
import { basename } from "../text/path.ts";
import { newReadOrder } from "../project/rule-files.ts";
import { draftsIn } from "../project/walk.ts";
import { notDraftReason, toUri } from "../project/workspace.ts";
import type { NotChecked } from "../protocol.ts";
import { below } from "../settings/select.ts";
import { type SkipReason, skipReasonWords } from "../settings/skipped.ts";
import { lineIndex } from "../text/lines.ts";
import { say, type Wording, wording } from "../text/wording.ts";
import { filesFor, readText } from "./files.ts";
import type { Session } from "./session.ts";

/**
 * What is not checked in the workspace, and why: folders and files that are left out, can't be read, or do not read as
 * prose. Files that are never read, such as pictures, are not listed.
 */
export async function listNotChecked(
  session: Session,
  isCancelled: () => boolean,
): Promise<NotChecked[]> {
  // Long, as its functions share the list.
  const { workspace, host, options, disk } = session;
  const all: NotChecked[] = [];
  const add = (path: string, isFolder: boolean, words: Wording, canInclude = false): void => {
    const why = say(words, session.client.display.translations);
    all.push({ uri: toUri(workspace, path), isFolder, why, canInclude });
  };
  for (const folder of workspace.folders) {
    const limit = !options.checksWorkspace ? OFF : disk.capped ? CAPPED : undefined;
    if (limit !== undefined) add(folder, true, limit);
    const shown = (path: string): string => below(path, folder) ?? path;
    const drafts = await draftsIn(
      {
        files: filesFor(session, toKey(folder)),
        clock: host.clock,
        // A store of its own, because merely looking changes nothing.
        ruleStore: { readOrder: newReadOrder(), workspace },
        isCancelled,
        isKnown: (path) => workspace.stored.has(path),
        listener: {
          skipped: (path, isFolder, reason, config) => {
            const canInclude = !isFolder && reason.startsWith("only explicit");
            // Nobody expects a draft there.
            if (isFolder ? basename(path) === ".git" : reason === "other kind") return;
            add(path, isFolder, skipReasonWords(reason, config && shown(config)), canInclude);
          },
          unread: (path, _, kind) => {
            add(path, kind === "folder", skipReasonWords("no file"));
          },
          badPattern: () => undefined,
        },
      },
      folder,
    );
    for (const path of limit === undefined ? drafts.keys() : []) {
      if (isCancelled()) return all;
      const why = workspace.stored.has(path) ? undefined : await whyUnread(session, path);
      if (why !== undefined) add(path, false, skipReasonWords(why));
    }
  }
  return all.sort((a, b) => (a.uri < b.uri ? -1 : 1));
}

const OFF = wording("Only open drafts are checked, as the settings say.");
const CAPPED = wording("It has more drafts than the settings allow: only open ones are checked.");

/** Why a file with a draft's name is not a draft. */
async function whyUnread(session: Session, path: string): Promise<SkipReason | undefined> {
  if (session.workspace.open.has(path)) return notDraftReason(session.workspace, path);
  const text = await readText(session, toKey(path));
  if (text === undefined) return "no file";
  return isTooLarge(text, lineIndex(text)) ? "too large" : "not prose";
}
