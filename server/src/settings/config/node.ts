import { parseConfig, type Config, type Override, type ParsedConfig } from "./config.ts";
import { type Extended, type Linked, linkExtended } from "./extends.ts";
import type { ConfigProblem } from "./problem.ts";
import type { Selection } from "../select.ts";
import type { PartialSettings, Settings } from "../settings.ts";

/** A config file as read when its text last changed, with what it extends, and its results for drafts. */
export interface ConfigNode extends Linked {
  /** Its path; undefined for what applies without a config file. */
  readonly path: string | undefined;
  readonly text: string;
  /** What its own text says. */
  readonly parsed: ParsedConfig;
  /** By the editor's settings, then by the root. */
  readonly scopes: WeakMap<Config, Map<string, Scope>>;
}

/** A node under one folder's editor settings: which files are drafts, and the settings of each. */
export interface Scope {
  readonly node: ConfigNode;
  readonly editor: Config;
  /** Settings that override all others, such as the command line's `--rule`. */
  readonly above: PartialSettings;
  /** The folder that the patterns of the file's overrides start from. */
  readonly folder: string;
  readonly selection: Selection;
  /** The overrides of all layers, in the order in which they apply. */
  readonly overrides: readonly LayerOverride[];
  /** The numbers of the overrides that match a path, relative to `folder`. */
  readonly naming: (relative: string) => readonly number[];
  /** Another file in the same folder may have other settings, because the config file has overrides. */
  readonly perFile: boolean;
  /** By the overrides that apply. */
  readonly resolved: Map<string, Resolved>;
  /** The results for each draft, if there are overrides. */
  readonly drafts: Map<string, Resolved>;
}

/** An override, and the number of the layer that it is from. */
export interface LayerOverride {
  readonly layer: number;
  readonly override: Override;
}

export interface Resolved {
  /** The same object for the same sources, because results are memoised on it. */
  readonly settings: Settings;
  readonly selection: Selection;
  readonly configPath: string | undefined;
  readonly extendedFiles: readonly string[];
  /** The mistakes in that file. The settings leave out the values that contain them. */
  readonly problems: readonly ConfigProblem[];
}

/** A config file's text, parsed. Nothing it extends is known yet. */
export function newNode(path: string | undefined, text: string): ConfigNode {
  return toNode(path, text, parseConfig(text));
}

/** The node with what it extends, if it applies (`holds`) to drafts and is not only extended itself. */
export function linkedNode(
  { path, text, parsed }: ConfigNode,
  look: (path: string) => Extended,
  holds: boolean,
): ConfigNode {
  const names = parsed.config.extends ?? [];
  const isAlone = path === undefined || names.length === 0 || !holds;
  const linked = isAlone ? undefined : linkExtended(path, parsed, look);
  return toNode(path, text, parsed, linked);
}

function toNode(
  path: string | undefined,
  text: string,
  parsed: ParsedConfig,
  linked: Linked = { layers: [parsed.config], files: [], extended: [], unread: [], problems: [] },
): ConfigNode {
  const problems = [...parsed.problems, ...linked.problems];
  problems.sort((a, b) => a.span.start - b.span.start);
  return { ...linked, path, text, parsed, problems, scopes: new WeakMap() };
}
