import path from "node:path";
import { timers } from "../host/timers.ts";
import { nodeFiles } from "../host/node/files.ts";
import { type Read, readFileBounded } from "../host/node/read-file.ts";
import { isInFolder } from "../host/node/replace-file.ts";
import { loadExtended } from "../project/extended.ts";
import { MAX_BYTES } from "../project/size-limits.ts";
import { newReadOrder, startRead, type RuleStore, applyRules } from "../project/rule-files.ts";
import { repositoryRoot } from "../project/repository.ts";
import type { Walk, WalkListener } from "../project/walk.ts";
import { rootedWorkspace } from "../project/workspace.ts";
import { decodeConfig } from "../settings/config/read.ts";
import type { Sources } from "../settings/config/tree.ts";
import { pathOfFile } from "./paths.ts";

/** The workspace values of a command, one for each root folder. */
export interface Roots {
  /** A walk in the root of a folder, given as an absolute path. */
  of(folder: string): Promise<Walk>;
  readonly all: () => readonly RuleStore[];
}

/** The settings of the command line, and the config file of `--config`. */
export interface ConfigOverrides {
  readonly sources: Omit<Sources, "configPath">;
  readonly config:
    { readonly file: string; readonly read: Read | { readonly text: string } } | undefined;
}

/** Reads the config file of `--config`. */
export function readConfigOption(
  cwd: string,
  config: string | { readonly file: string; readonly text: string },
): ConfigOverrides["config"] {
  if (typeof config !== "string") return { file: config.file, read: config };
  const file = path.resolve(cwd, config);
  return { file, read: readFileBounded(file, MAX_BYTES.config) };
}

/** One workspace value for each root, since the same files apply to all drafts of a repository. */
export function rootsFor(cwd: string, given: ConfigOverrides, listener: WalkListener): Roots {
  const stores = new Map<string, RuleStore>();
  const getStore = (root: string): RuleStore => {
    const known = stores.get(root);
    if (known !== undefined) return known;
    const { config, sources } = given;
    const named = config && pathOfFile(config.file);
    const store: RuleStore = {
      workspace: rootedWorkspace(
        root,
        named === undefined ? sources : { ...sources, configPath: named },
      ),
      readOrder: newReadOrder(),
    };
    if (named !== undefined && config !== undefined && !("unread" in config.read)) {
      const { read } = config;
      const text = "text" in read ? read.text : decodeConfig(read.bytes);
      const texts = new Map([[named, text]]);
      applyRules(store, startRead(store), texts);
    }
    stores.set(root, store);
    return store;
  };
  return {
    of: async (folder) => {
      const ruleStore = getStore(await findRoot(cwd, folder));
      const { configPath } = ruleStore.workspace.tree.sources;
      const walk = {
        files: nodeFiles,
        clock: timers,
        ruleStore,
        isCancelled: () => false,
        listener,
      };
      if (configPath !== undefined) await loadExtended(walk, configPath);
      return walk;
    },
    all: () => [...stores.values()],
  };
}

/** The outermost folder for config and ignore files: the repository, else the current folder, else the folder itself. */
async function findRoot(cwd: string, folder: string): Promise<string> {
  const at = pathOfFile(folder);
  const repository = await repositoryRoot(nodeFiles, at);
  if (repository !== undefined) return repository;
  return isInFolder(folder, cwd) ? pathOfFile(cwd) : at;
}
