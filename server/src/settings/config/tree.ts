/*
 * settings/config/: `.galley.json`. `tree.ts` is the only resolver of settings, for editor and command line.
 *
 * Later sources override earlier ones: defaults, the editor's settings, the nearest config file on top of what it
 * `extends`, its `overrides` for this draft, `--rule`. The nearest file replaces those above it.
 *
 * The tree is a value and does not read the disk. It says which extended paths it still needs; `project/extended.ts`
 * checks that they may be read, and reads them. A file is parsed when its text changes. Results are memoised on its
 * node, and equal settings are one object, whose identity is the key of cached findings.
 *
 * `read.ts` checks a file against the generated JSON Schema: a wrong value is reported at its place, and everything
 * else applies. `edits.ts` tries an edit before it offers it, and offers none in a broken file.
 */

import { type Config, CONFIG_NAME, configPaths } from "./config.ts";
import type { Admission, Extended } from "./extends.ts";
import { type ConfigNode, linkedNode, newNode, type Resolved, type Scope } from "./node.ts";
import { resolveDraft } from "./resolve-draft.ts";
import { globIndex } from "../glob.ts";
import { DEFAULT_SELECTION, type PatternGroup } from "../select.ts";
import type { PartialSettings } from "../settings.ts";
import { dirname } from "../../text/path.ts";

/** Config files by path. Paths are separated by "/" and spelled as the caller names drafts; URIs work as well. */
export interface ConfigTree {
  readonly nodes: ReadonlyMap<string, ConfigNode>;
  /** Where a file was searched and does not exist. */
  readonly absent: ReadonlySet<string>;
  /** By the path of a config file: whether each path it extends may be used. */
  readonly admissions: ReadonlyMap<string, ReadonlyMap<string, Admission>>;
  /** What applies without a config file. */
  readonly none: ConfigNode;
  readonly sources: Sources;
}

/** What the command line sets for all drafts. */
export interface Sources {
  /** Settings that override all others, such as `--rule`. */
  readonly above?: PartialSettings;
  /** A config file that is used even if others are nearer. */
  readonly configPath?: string;
  /** Baselines in folders are not searched: another is named, or none is wanted. */
  readonly ignoresBaselines?: boolean;
}

export function newTree(sources: Sources): ConfigTree {
  return {
    nodes: new Map(),
    absent: new Set(),
    admissions: new Map(),
    none: newNode(undefined, ""),
    sources,
  };
}

/** The tree with the current texts of config files; undefined: there is no such file. */
export function withTexts(
  tree: ConfigTree,
  texts: ReadonlyMap<string, string | undefined>,
): ConfigTree {
  const changed = [...texts].filter(([path, text]) =>
    text === undefined ? !tree.absent.has(path) : tree.nodes.get(path)?.text !== text,
  );
  if (changed.length === 0) return tree;
  const nodes = new Map(tree.nodes);
  const absent = new Set(tree.absent);
  for (const [path, text] of changed) {
    if (text === undefined) {
      nodes.delete(path);
      absent.add(path);
    } else {
      nodes.set(path, newNode(path, text));
      absent.delete(path);
    }
  }
  const paths = new Set(changed.map(([path]) => path));
  const isTouched = ({ path, extended }: ConfigNode): boolean =>
    (path !== undefined && paths.has(path)) || extended.some((one) => paths.has(one));
  return linked({ ...tree, nodes, absent }, isTouched);
}

/** The tree, told which of the paths that a config file extends may be used. */
export function withAdmissions(
  tree: ConfigTree,
  path: string,
  admissions: ReadonlyMap<string, Admission>,
): ConfigTree {
  const known = tree.admissions.get(path) ?? new Map<string, Admission>();
  if ([...admissions].every(([one, admission]) => known.get(one) === admission)) return tree;
  const next = new Map(tree.admissions).set(path, new Map([...known, ...admissions]));
  return linked({ ...tree, admissions: next }, (node) => node.path === path);
}

/** The tree, having forgotten what such files may extend. */
export function withoutAdmissions(
  tree: ConfigTree,
  isAffected: (path: string) => boolean,
): ConfigTree {
  const admissions = new Map([...tree.admissions].filter(([path]) => !isAffected(path)));
  if (admissions.size === tree.admissions.size) return tree;
  const isTouched = ({ path }: ConfigNode): boolean => path !== undefined && isAffected(path);
  return linked({ ...tree, admissions }, isTouched);
}

export function findExtenders(tree: ConfigTree, isPath: (path: string) => boolean): string[] {
  const nodes = [...tree.nodes].filter(([, { extended }]) => extended.some(isPath));
  return nodes.map(([path]) => path);
}

/** The tree, with some of its files linked again to what they extend. */
function linked(tree: ConfigTree, isTouched: (node: ConfigNode) => boolean): ConfigTree {
  const nodes = new Map(tree.nodes);
  for (const [path, node] of tree.nodes) {
    if (!isTouched(node)) continue;
    const holds = path === tree.sources.configPath || path.endsWith(`/${CONFIG_NAME}`);
    nodes.set(path, linkedNode(node, lookIn(tree, path), holds));
  }
  return { ...tree, nodes };
}

/** What the tree knows about the paths that a config file extends. */
function lookIn(tree: ConfigTree, path: string): (extended: string) => Extended {
  const admissions = tree.admissions.get(path);
  return (extended) => {
    const admission = admissions?.get(extended) ?? "unread";
    if (admission !== "in") return admission;
    return tree.nodes.get(extended)?.parsed ?? (tree.absent.has(extended) ? "absent" : "unread");
  };
}

/**
 * The scope of a file: that of the nearest config file, up to and including `root` (a workspace folder or a
 * repository's root). The nearest replaces the others. `editor` is the result of `editorConfig`.
 */
export function getScope(
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

/** The scope of one config file, or of none if it is undefined or missing. */
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

export function resolveIn(scope: Scope, draft: string): Resolved {
  const cached = scope.perFile ? scope.drafts.get(draft) : scope.resolved.get("");
  if (cached !== undefined) return cached;
  const resolved = resolveDraft(scope, draft);
  if (scope.perFile) scope.drafts.set(draft, resolved);
  return resolved;
}

function newScope(node: ConfigNode, root: string, editor: Config, { above = {} }: Sources): Scope {
  const { path, layers } = node;
  const folder = path === undefined ? root : dirname(path);
  const groups = [
    toGroup(root, editor),
    // Extended paths are relative to the folder of the extending file.
    toGroup(folder, {
      include: layers.flatMap(({ include = [] }) => include),
      exclude: layers.flatMap(({ exclude = [] }) => exclude),
    }),
  ].filter(({ include, exclude }) => include.length + exclude.length > 0);
  const overrides = layers.flatMap(({ overrides: all = [] }, layer) =>
    all.map((override) => ({ layer, override })),
  );
  return {
    node,
    editor,
    above,
    folder,
    selection: groups.length === 0 ? DEFAULT_SELECTION : { groups },
    overrides,
    naming: globIndex(overrides.map(({ override }) => override.files)),
    perFile: overrides.length > 0,
    resolved: new Map(),
    drafts: new Map(),
  };
}

function toGroup(folder: string, { include = [], exclude = [] }: Config): PatternGroup {
  return { folder, include, exclude };
}
