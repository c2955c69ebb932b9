import { parseConfig, type Config, type Override, type ParsedConfig } from "./config.ts";
import { type Extended, type Linked, linkExtended } from "./extends.ts";
import type { ConfigProblem } from "./problem.ts";
import type { Selection } from "../select.ts";
import type { PartialSettings, Settings } from "../settings.ts";

/** A config file as it was read when its text last changed, with what it extends, and what it gives to drafts. */
export interface ConfigNode extends Linked {
  /** Its path; undefined for what holds where no config file does. */
  readonly path: string | undefined;
  readonly text: string;
  /** What its text says, by itself. */
  readonly parsed: ParsedConfig;
  /** By the editor's settings, then by the root. */
  readonly scopes: WeakMap<Config, Map<string, Scope>>;
}

/** A node under one folder's editor settings: what it says of which files are drafts, and of each draft. */
export interface Scope {
  readonly node: ConfigNode;
  readonly editor: Config;
  /** Settings above all others, as the command line's `--rule` gives them. */
  readonly above: PartialSettings;
  /** The folder from which the patterns of the file's overrides count. */
  readonly folder: string;
  readonly selection: Selection;
  /** The overrides of all layers, in the order in which they count. */
  readonly overrides: readonly LayerOverride[];
  /** The numbers of the overrides that name a path, which counts from `folder`. */
  readonly naming: (relative: string) => readonly number[];
  /** Another file of the same folder may have other settings: the config file has overrides. */
  readonly perFile: boolean;
  /** By which overrides apply. */
  readonly resolved: Map<string, Resolved>;
  /** What was resolved for each draft; where there are overrides. */
  readonly drafts: Map<string, Resolved>;
}

/** An override, and the number of the layer that it is from. */
export interface LayerOverride {
  readonly layer: number;
  readonly override: Override;
}

export interface Resolved {
  /** The same object for the same sources: results are memoised on it. */
  readonly settings: Settings;
  readonly selection: Selection;
  readonly configPath: string | undefined;
  readonly extendedFiles: readonly string[];
  /** The mistakes in that file; the settings are those without what they are in. */
  readonly problems: readonly ConfigProblem[];
}

/** A config file's text, parsed; nothing that it extends is known yet. */
export function newNode(path: string | undefined, text: string): ConfigNode {
  return toNode(path, text, parseConfig(text));
}

/** The node with what it extends, if it `holds` for drafts and is not only extended itself. */
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
