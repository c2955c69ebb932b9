import { type Config, configPaths, parent } from "./config.ts";
import { type ConfigNode, newNode, type Resolved, type Scope } from "./node.ts";
import { resolveDraft } from "./settle.ts";
import { globIndex } from "../glob.ts";
import { DEFAULT_SELECTION, type PatternGroup } from "../select.ts";
import type { PartialSettings } from "../settings.ts";

/*
 * The config files that are there, as a value: each is parsed when its text changes. To resolve a draft is
 * to take the nearest, and those of its overrides that name the draft; the results are kept on the node,
 * and go with it.
 */

/** Config files by their paths, which are parted by "/" and written as the caller names drafts; URIs serve as well. */
export interface ConfigTree {
  readonly nodes: ReadonlyMap<string, ConfigNode>;
  /** What holds where no file does. */
  readonly none: ConfigNode;
  readonly sources: Sources;
}

/** What the command line sets for all drafts. */
export interface Sources {
  /** Settings above all others, as `--rule` gives them. */
  readonly above?: PartialSettings;
  /** A config file that is used whatever stands nearer. */
  readonly configPath?: string;
  /** The baselines of folders are not looked for: another is named, or none is wanted. */
  readonly ignoresBaselines?: boolean;
}

/** A tree without a file. */
export function newTree(sources: Sources): ConfigTree {
  return { nodes: new Map(), none: newNode(undefined, "", []), sources };
}

/** The tree with the texts of config files as they are now; undefined: there is no such file. */
export function withTexts(
  tree: ConfigTree,
  texts: ReadonlyMap<string, string | undefined>,
): ConfigTree {
  const changed = [...texts].filter(([path, text]) => tree.nodes.get(path)?.text !== text);
  if (changed.length === 0) return tree;
  const nodes = new Map(tree.nodes);
  // The file's old node is among those compared: a new comment gives the same settings.
  const made: ConfigNode[] = [tree.none, ...tree.nodes.values()];
  for (const [path, text] of changed) {
    if (text === undefined) {
      nodes.delete(path);
      continue;
    }
    const node = newNode(path, text, made);
    nodes.set(path, node);
    made.push(node);
  }
  return { ...tree, nodes };
}

/**
 * The scope that a file is in: that of the nearest config file, up to and with `root` (a workspace folder
 * or a repository's root). The nearest wins whole. `editor` is what `editorConfig` gives.
 */
export function scopeOf(
  tree: ConfigTree,
  file: string,
  root: string,
  editor: Config | undefined,
): Scope {
  const { configPath } = tree.sources;
  const paths = configPath === undefined ? configPaths(file, root) : [configPath];
  return scopeAt(
    tree,
    paths.find((path) => tree.nodes.has(path)),
    root,
    editor,
  );
}

/** The scope of one config file; of none, where it is undefined or not there. */
export function scopeAt(
  tree: ConfigTree,
  configPath: string | undefined,
  root: string,
  editor: Config | undefined = NO_EDITOR,
): Scope {
  const node = (configPath === undefined ? undefined : tree.nodes.get(configPath)) ?? tree.none;
  const byRoot = node.scopes.get(editor) ?? new Map<string, Scope>();
  node.scopes.set(editor, byRoot);
  const scope = byRoot.get(root) ?? newScope(node, root, editor, tree.sources);
  byRoot.set(root, scope);
  return scope;
}

const NO_EDITOR: Config = {};

/** What holds for a draft in a scope. */
export function resolveIn(scope: Scope, draft: string): Resolved {
  const before = scope.perFile ? scope.drafts.get(draft) : scope.resolved.get("");
  if (before !== undefined) return before;
  const resolved = resolveDraft(scope, draft);
  if (scope.perFile) scope.drafts.set(draft, resolved);
  return resolved;
}

function newScope(node: ConfigNode, root: string, editor: Config, { above = {} }: Sources): Scope {
  const { path, config } = node;
  const folder = path === undefined ? root : parent(path);
  const groups = [groupOf(root, editor), groupOf(folder, config)].filter(
    ({ include, exclude }) => include.length + exclude.length > 0,
  );
  const { overrides = [] } = config;
  return {
    node,
    editor,
    above,
    folder,
    selection: groups.length === 0 ? DEFAULT_SELECTION : { groups },
    naming: globIndex(overrides.map(({ files }) => files)),
    perFile: overrides.length > 0,
    resolved: new Map(),
    drafts: new Map(),
  };
}

function groupOf(folder: string, { include = [], exclude = [] }: Config): PatternGroup {
  return { folder, include, exclude };
}
