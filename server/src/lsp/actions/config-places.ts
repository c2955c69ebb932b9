import { toKey, toPath } from "../../project/places.ts";
import { basename, dirname } from "../../text/path.ts";
import { hasNoFolder } from "../../project/untitled.ts";
import { type Workspace, configText, findFolder, resolve, toUri } from "../../project/workspace.ts";
import { CONFIG_NAME } from "../../settings/config/config.ts";
import {
  acceptPhrase,
  addStet,
  includePattern,
  switchOff,
  turnOff,
} from "../../settings/config/edits.ts";
import { below, toPattern } from "../../settings/select.ts";
import type { Edit } from "../../text/edits.ts";
import type { ActionSupport } from "../client.ts";
import type { Session } from "../session.ts";
import { ancestorUri } from "../settings.ts";
import { fitted } from "./menu.ts";
import { type ActionCandidate, type ConfigPayload, isConfigPayload } from "./payload.ts";
import { type Translations, wording, say } from "../../text/wording.ts";

/** A folder in whose `.galley.json` a draft's findings can be suppressed. */
export interface ConfigPlace {
  readonly folder: string;
  /** The file's URI, spelled as the draft's or the workspace folder's is. */
  readonly uri: string;
}

/**
 * Where a draft's findings can be suppressed: in the config file that applies to it, or else at the top of its
 * workspace folder. An untitled draft can use the top of each workspace folder. Only files that exist or that the
 * client can create.
 */
export function configPlaces(
  workspace: Workspace,
  { documentChanges, createFile }: ActionSupport,
  uri: string,
): ConfigPlace[] {
  const path = toPath(toKey(uri));
  const { configPath } = resolve(workspace, path);
  const top = findFolder(workspace, path) ?? dirname(path);
  const folder = configPath === undefined ? top : dirname(configPath);
  const places: ConfigPlace[] = hasNoFolder(uri)
    ? workspace.folders.map((one) => ({
        folder: one,
        uri: `${toUri(workspace, one)}/${CONFIG_NAME}`,
      }))
    : [{ folder, uri: `${ancestorUri(uri, path, folder)}/${CONFIG_NAME}` }];
  if (documentChanges && createFile) return places;
  return places.filter(
    (one) => configText(workspace, `${one.folder}/${CONFIG_NAME}`) !== undefined,
  );
}

/** The pattern for exactly this file, in the config file that applies to it; undefined if there can be none. */
export function filePattern({ workspace, client }: Session, uri: string): string | undefined {
  const [place] = configPlaces(workspace, client.actions, uri);
  const relative = place && below(toPath(toKey(uri)), place.folder);
  return relative === undefined ? undefined : toPattern(relative);
}

/** The candidate, once for each place it can be written to. If there are several, its title names the place. */
export function inEachPlace(
  candidate: ActionCandidate,
  places: readonly ConfigPlace[],
  translations?: Translations,
): ActionCandidate[] {
  const { payload, title } = candidate;
  if (!isConfigPayload(payload) || places.length === 1) return [candidate];
  const names = places.map(({ folder }) => basename(folder));
  const areDistinct = new Set(names).size === names.length;
  return places.map(({ folder }) => {
    const words = wording("(folder “{0}”)", areDistinct ? basename(folder) : folder);
    const named = fitted(title, ` ${say(words, translations)}`);
    return { ...candidate, title: named, payload: { ...payload, folder } };
  });
}

/** The place that the payload is written to: the folder that it names, if there was a choice. */
export function placeFor(
  { folder }: ConfigPayload,
  places: readonly ConfigPlace[],
): ConfigPlace | undefined {
  return places.find((one) => folder === undefined || one.folder === folder);
}

/** The edits that apply the payload to a config file's text; none if that can't be done exactly. */
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
      return turnOff(text, below(toPath(toKey(draftUri)), folder) ?? "", payload.rule);
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
