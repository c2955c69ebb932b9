import { keyOf, pathOf } from "../../project/places.ts";
import type { Workspace } from "../../project/workspace.ts";
import { configText } from "../../project/workspace.ts";
import { CONFIG_NAME, plainName } from "../../settings/config/config.ts";
import {
  acceptPhrase,
  addStet,
  includePattern,
  switchOff,
  turnOff,
} from "../../settings/config/edits.ts";
import type { Edit } from "../../text/edits.ts";
import type { ConfigPlace } from "./config-places.ts";
import { placeFor } from "./config-places.ts";
import type { ConfigPayload } from "./payload.ts";

/** The edits of a config file's text that carry out the payload; none where that can't be done exactly. */
export function configChange(
  payload: ConfigPayload,
  text: string | undefined,
  draftUri: string,
  folder: string,
): Edit[] {
  switch (payload.type) {
    case "stet":
      return addStet(text, payload.entry);
    case "accept":
      return acceptPhrase(text, payload.phrase);
    case "turn-off":
      return turnOff(text, draftName(pathOf(keyOf(draftUri)), folder), payload.rule);
    case "switch-off":
      return switchOff(text, payload.rule);
    case "include":
      return includePattern(text, payload.pattern);
  }
}

/** Whether the payload can be written into its config file; an action that can't be is not offered. */
export function canWriteConfig(
  workspace: Workspace,
  draftUri: string,
  payload: ConfigPayload,
  places: readonly ConfigPlace[],
): boolean {
  const place = placeFor(payload, places);
  if (place === undefined) return false;
  const text = configText(workspace, `${place.folder}/${CONFIG_NAME}`);
  return configChange(payload, text, draftUri, place.folder).length > 0;
}

/** A draft's path relative to the folder of a config file. */
function draftName(path: string, folder: string): string {
  return plainName(path).slice(plainName(folder).length + 1);
}
