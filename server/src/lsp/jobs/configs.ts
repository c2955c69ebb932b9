import { keyOf, nameOf, parentOf } from "../../project/places.ts";
import { loadPackagesFor } from "../../project/packages.ts";
import { startRead, applyRules } from "../../project/rule-files.ts";
import { isUntitled, untitledConfigs } from "../../project/untitled.ts";
import { folderOf, uriOf } from "../../project/workspace.ts";
import { BASELINE_NAME } from "../../settings/baseline-file.ts";
import { CONFIG_NAME, configPaths } from "../../settings/config/config.ts";
import { ancestorUri } from "../ancestor-uri.ts";
import { extending, loadExtendedBy } from "../extended.ts";
import { filesFor, readConfigText } from "../files.ts";
import type { Session } from "../session.ts";

/** The files that are looked for in each folder. */
const NAMES = [CONFIG_NAME, BASELINE_NAME];

/** Reads the config files and baselines that may apply to an open document and have not been looked for yet. */
export async function loadConfigsFor(session: Session, path: string): Promise<void> {
  const { workspace } = session;
  const uri = workspace.open.get(path)?.uri;
  if (uri === undefined) return;
  const root = folderOf(workspace, path) ?? parentOf(path);
  const all = isUntitled(uri)
    ? untitledConfigs(workspace.folders)
    : NAMES.flatMap((name) => configPaths(path, root, name));
  const unknown = all.filter((one) => !workspace.configs.has(one));
  if (unknown.length > 0) await loadConfigs(session, path, uri, unknown);
  // The open text of one may name files that no walk has read.
  for (const one of all) await loadExtendedBy(session, one);
  const files = filesFor(session, keyOf(path));
  if (!isUntitled(uri)) await loadPackagesFor({ files, ruleStore: session.rules }, path);
}

async function loadConfigs(
  session: Session,
  path: string,
  uri: string,
  unknown: readonly string[],
): Promise<void> {
  const { workspace, rules } = session;
  const reading = startRead(rules);
  const texts = await Promise.all(
    unknown.map(async (one) => {
      const folder = parentOf(one);
      const above = isUntitled(uri) ? uriOf(workspace, folder) : ancestorUri(uri, path, folder);
      return [one, await readConfigText(session, `${above}/${nameOf(one)}`)] as const;
    }),
  );
  applyRules(rules, reading, new Map(texts), new Map());
}

/**
 * Reads the config files and baselines of folders again, and what of the paths a config file extends. Returns the paths of
 * all config files whose reports may have changed.
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
      configs.set(path, await readConfigText(session, keyOf(path)));
    }
  }
  applyRules(rules, reading, configs, new Map());
  const isChanged = (path: string): boolean => paths.has(path);
  const own = new Set([...configs.keys(), ...extending(session, isChanged)]);
  const extended: string[] = [];
  for (const path of own) extended.push(...(await loadExtendedBy(session, path, isChanged)));
  return [...new Set([...own, ...paths, ...extended])];
}

/** Drops the ignore files outside the workspace folders; a walk reads those that apply from above. */
export function forgetIgnoreFiles({ workspace, rules }: Session): void {
  const gone = [...workspace.ignores.keys()].filter(
    (folder) => folderOf(workspace, folder) === undefined,
  );
  const forgotten = gone.map((folder) => [folder, undefined] as const);
  applyRules(rules, startRead(rules), new Map(), new Map(forgotten));
}
