import { loadExtended } from "../project/extended.ts";
import { toKey } from "../project/places.ts";
import { basename, dirname } from "../text/path.ts";
import { say } from "../text/wording.ts";
import { startRead, applyRules } from "../project/rule-files.ts";
import { hasNoFolder, untitledConfigs } from "../project/untitled.ts";
import { findFolder, toUri } from "../project/workspace.ts";
import { BASELINE_NAME } from "../settings/baseline-file.ts";
import { CONFIG_NAME, configPaths } from "../settings/config/config.ts";
import { isInPackage } from "../settings/config/extends.ts";
import { decodeConfig } from "../settings/config/read.ts";
import { findExtenders } from "../settings/config/tree.ts";
import { above } from "../settings/select.ts";
import { askEditorConfig, editorConfig } from "./editor-config.ts";
import { filesFor, readText } from "./files.ts";
import type { Session } from "./session.ts";
import { isReady } from "./state.ts";
import type { SettingsCause } from "./transition.ts";

/** Requests the editor's settings for every folder. Returns whether anything changed. */
export async function loadSettings(session: Session): Promise<boolean> {
  const { store, connection } = session;
  const request = ++session.settingsRequests;
  const { client, workspace } = store.state;
  const { folders } = workspace;
  const answers = await Promise.all(
    [undefined, ...folders].map(async (folder) =>
      client.configures
        ? askEditorConfig(connection, folder === undefined ? undefined : toKey(folder))
        : editorConfig(client.settings, null, null),
    ),
  );
  // They were requested again meanwhile, perhaps for other folders.
  if (request !== session.settingsRequests) return false;
  for (const mistake of answers.flatMap(({ mistakes }) => mistakes))
    session.showMessageOnce(say(mistake, client.display.translations));
  const editor = new Map(answers.map(({ config }, index) => [folders[index - 1] ?? "", config]));
  const options = (answers[1] ?? answers[0])?.options ?? store.state.options;
  const before = store.state;
  store.dispatch({ type: "settings-read", editor, options });
  return store.state !== before;
}

export async function start(session: Session): Promise<void> {
  await loadSettings(session);
  const { workspace, options } = session;
  session.disk.complete = workspace.folders.length === 0 || !options.checksWorkspace;
  session.store.dispatch({ type: "started" });
}

const NAMES = [CONFIG_NAME, BASELINE_NAME];

/** Requests the settings again after the folders or the configuration changed, and dispatches that they are known. */
export async function loadAll(session: Session, because: SettingsCause): Promise<void> {
  const { store } = session;
  // A second request before the first is answered would supersede it, and the session would begin with defaults.
  await store.until(isReady);
  const isMoved = because === "folders";
  const open = isMoved ? [...session.workspace.open.keys()] : [];
  const [isChanged] = await Promise.all([
    loadSettings(session),
    ...open.map((path) => loadConfigsFor(session, path)),
  ]);
  if (isChanged || isMoved) store.dispatch({ type: "settings-loaded", because });
}

/** Reads the config files for a document, and dispatches that its opening is complete. */
export async function loadConfigsOfOpened(
  session: Session,
  path: string,
  opening: number,
): Promise<void> {
  try {
    await Promise.all([session.store.until(isReady), loadConfigsFor(session, path)]);
  } finally {
    session.store.dispatch({ type: "configs-loaded", path, opening });
  }
}

/** Reads the config files and baselines that may apply to an open document and were not looked up yet. */
export async function loadConfigsFor(session: Session, path: string): Promise<void> {
  const { workspace, rules } = session;
  const uri = workspace.open.get(path)?.uri;
  if (uri === undefined) return;
  const root = findFolder(workspace, path) ?? dirname(path);
  const all = hasNoFolder(uri)
    ? untitledConfigs(workspace.folders)
    : NAMES.flatMap((name) => configPaths(path, root, name));
  const reading = startRead(rules);
  const unknown = all.filter((one) => !workspace.configs.has(one));
  const texts = await Promise.all(
    unknown.map(async (one) => {
      const folder = dirname(one);
      const above = hasNoFolder(uri) ? toUri(workspace, folder) : ancestorUri(uri, path, folder);
      const text = await readText(session, `${above}/${basename(one)}`, decodeConfig);
      return [one, text] as const;
    }),
  );
  applyRules(rules, reading, new Map(texts));
  // The open text of one may name files that no walk has read.
  for (const one of all) await loadExtendedBy(session, one);
}

/**
 * Reads the config files and baselines of folders again, and those of the paths that a config file extends. Returns the
 * paths of all config files whose reports may have changed.
 */
export async function reloadConfigs(
  session: Session,
  folders: ReadonlySet<string>,
  paths: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  const { rules } = session;
  const reading = startRead(rules);
  const configs = new Map<string, string | undefined>();
  for (const folder of folders) {
    for (const name of NAMES) {
      const path = `${folder}/${name}`;
      configs.set(path, await readText(session, toKey(path), decodeConfig));
    }
  }
  applyRules(rules, reading, configs);
  const isChanged = (path: string): boolean => paths.has(path);
  const own = new Set([...configs.keys(), ...findExtenders(session.workspace.tree, isChanged)]);
  const extended: string[] = [];
  for (const path of own) extended.push(...(await loadExtendedBy(session, path, isChanged)));
  return [...new Set([...own, ...paths, ...extended])];
}

/** Drops the ignore files outside the workspace folders; a walk reads those that apply from above. */
export function forgetIgnoreFiles({ workspace, rules }: Session): void {
  const gone = [...workspace.ignores.keys()].filter(
    (folder) => findFolder(workspace, folder) === undefined,
  );
  const forgotten = gone.map((folder) => [folder, undefined] as const);
  applyRules(rules, startRead(rules), new Map(), new Map(forgotten));
}

/**
 * Reads what a config file extends, if that is not known yet, and reads again the files that `isChanged`. Returns the
 * paths of the files that exist, whose reports may have changed.
 */
export async function loadExtendedBy(
  session: Session,
  config: string,
  isChanged?: (path: string) => boolean,
): Promise<string[]> {
  const files = filesFor(session, toKey(config));
  await loadExtended({ files, ruleStore: session.rules }, config, isChanged);
  const { nodes } = session.workspace.tree;
  return (nodes.get(config)?.extended ?? []).filter((path) => nodes.has(path));
}

/** The files to watch besides the workspace folders: extended files that no folder's watcher sees. */
export function extendedToWatch(session: Session): string[] {
  const { workspace } = session;
  const paths = [...workspace.tree.nodes.values()].flatMap(({ extended }) => extended);
  return [...new Set(paths)].filter(
    (path) =>
      // If a file is missing, so may its folder be. Then there is nothing to watch.
      workspace.tree.nodes.has(path) &&
      (isInPackage(path) || findFolder(workspace, dirname(path)) === undefined),
  );
}

/** The URI of a folder above a file, cut from the file's URI so that it keeps the client's spelling. */
export function ancestorUri(uri: string, path: string, folder: string): string {
  return above(uri, path.slice(folder.length).split("/").length - 1);
}
