import { keyOf, pathOf } from "../project/places.ts";
import { resolve, uriOf, type Workspace } from "../project/workspace.ts";
import type { ConfigInForce, ServerReport } from "../protocol.ts";
import { CONFIG_NAME } from "../settings/config/config.ts";
import { asConfig } from "../settings/as-config.ts";
import { DEFAULT_SETTINGS } from "../settings/settings.ts";
import { VERSION } from "../version.ts";
import type { Services } from "./services.ts";

/** What the server is, has done, and goes by, for a document or without one. */
export function serverReport({ store, session }: Services, uri: string | undefined): ServerReport {
  const { workspace } = store.state;
  const { checked, milliseconds } = session.disk;
  return {
    version: VERSION,
    drafts: workspace.stored.size,
    open: workspace.open.size,
    checked,
    milliseconds,
    config: configInForce(workspace, uri),
  };
}

function configInForce(workspace: Workspace, uri: string | undefined): ConfigInForce {
  const [folder] = workspace.folders;
  // Of a folder: what holds for its own config file, which no override names but by intent.
  const path = uri === undefined ? folder && `${folder}/${CONFIG_NAME}` : pathOf(keyOf(uri));
  if (path === undefined) return { settings: asConfig(DEFAULT_SETTINGS) };
  const { settings, configPath } = resolve(workspace, path);
  return {
    uri: uri ?? uriOf(workspace, folder ?? path),
    ...(configPath === undefined ? {} : { file: uriOf(workspace, configPath) }),
    settings: asConfig(settings),
  };
}
