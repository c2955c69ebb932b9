import { CONFIG_NAME } from "../settings/config/config.ts";
import { keyOf, nameOf, parentOf, pathOf } from "../project/places.ts";
import { isUntitled } from "../project/untitled.ts";
import * as state from "../project/workspace.ts";
import type { Doing, Offer } from "./actions.ts";
import { ancestorUri, type Session } from "./session.ts";

/** A folder in whose `.galley.json` a draft's findings can be let stand. */
export interface ConfigPlace {
  /** Its path. */
  readonly folder: string;
  /** The file's URI, spelled as the draft's or the workspace folder's is. */
  readonly uri: string;
}

/**
 * Where a draft's findings can be let stand: in the file that holds for it, else at the top of its
 * workspace folder; for a draft without a name, at the top of each workspace folder. Only files that are
 * there, or that the client can make.
 */
export function configPlaces(session: Session, uri: string): ConfigPlace[] {
  const { workspace, client } = session;
  const { documentChanges, createFile } = client.actions;
  const path = pathOf(keyOf(uri));
  const { configPath } = state.resolve(workspace, path);
  const top = state.folderOf(workspace, path) ?? parentOf(path);
  const folder = configPath === undefined ? top : parentOf(configPath);
  const places: ConfigPlace[] = isUntitled(uri)
    ? workspace.folders.map((one) => ({
        folder: one,
        uri: `${state.uriOf(workspace, one)}/${CONFIG_NAME}`,
      }))
    : [{ folder, uri: `${ancestorUri(uri, path, folder)}/${CONFIG_NAME}` }];
  if (documentChanges && createFile) return places;
  return places.filter(
    (one) => state.configText(workspace, `${one.folder}/${CONFIG_NAME}`) !== undefined,
  );
}

/** What is done by writing to a config file. */
const CONFIGURING: ReadonlySet<Doing["type"]> = new Set(["stet", "accept", "turn-off"]);

/** An offer once for each place it can be written to, which its title names where there are several. */
export function inEachPlace(offer: Offer, places: readonly ConfigPlace[]): Offer[] {
  const { doing, title } = offer;
  if (!CONFIGURING.has(doing.type)) return [offer];
  if (places.length === 1) return [offer];
  const names = places.map(({ folder }) => nameOf(folder));
  const isTold = new Set(names).size === names.length;
  return places.map(({ folder }) => ({
    ...offer,
    title: `${title} (folder “${isTold ? nameOf(folder) : folder}”)`,
    doing: { ...doing, folder },
  }));
}
