import type { WorkspaceEdit } from "vscode-languageserver";
import { keyOf, pathOf } from "../../project/places.ts";
import { CONFIG_NAME } from "../../settings/config/config.ts";
import { lineIndex } from "../../text/lines.ts";
import { modified } from "../errors.ts";
import { readConfigText } from "../files.ts";
import { isUnchanged } from "../other-drafts.ts";
import type { Services } from "../services.ts";
import { configChange } from "./config-change.ts";
import { configPlaces, placeFor } from "./config-places.ts";
import type { JudgedDraft } from "./judged-draft.ts";
import type { ActionPayload, ConfigPayload } from "./payload.ts";
import { draftEdit, fileEdit } from "./workspace-edit.ts";

/**
 * The edit of an action; undefined where there is none.
 * @throws ResponseError ContentModified if the text it was computed for has changed.
 */
export async function editFor(
  services: Services,
  judged: JudgedDraft,
  payload: ActionPayload,
): Promise<WorkspaceEdit | undefined> {
  const { store, judgements, session } = services;
  const support = store.state.client.actions;
  switch (payload.type) {
    case "fix": {
      const { uri: name, edits, select } = payload.fix;
      const path = pathOf(keyOf(judged.uri));
      if (name !== undefined && !(await isUnchanged(session, path, name))) throw modified();
      const target = name === undefined ? judged : judgements.other(name);
      return target && draftEdit(target.uri, target, edits, support, select);
    }
    case "edits":
      return draftEdit(judged.uri, judged, payload.edits, support);
    case "stet":
    case "accept":
    case "turn-off":
    case "switch-off":
    case "include":
      return configEdit(services, judged.uri, payload);
    case "command":
      return undefined;
  }
}

/** The edit that changes the config file of a document, or creates it. */
export async function configEdit(
  { store, session }: Services,
  documentUri: string,
  payload: ConfigPayload,
): Promise<WorkspaceEdit | undefined> {
  const { workspace, client } = store.state;
  const place = placeFor(payload, configPlaces(workspace, client.actions, documentUri));
  if (place === undefined) return undefined;
  const { uri, folder } = place;
  const open = workspace.open.get(`${folder}/${CONFIG_NAME}`);
  const text = open?.text ?? (await readConfigText(session, uri));
  const edits = configChange(payload, text, documentUri, folder);
  if (edits.length === 0) return undefined;
  const before =
    text === undefined ? undefined : { lines: lineIndex(text), version: open?.version ?? null };
  return fileEdit(uri, before, edits, client.actions);
}
