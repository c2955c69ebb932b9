import { parseConfig, type Config, type Override, type ParsedConfig } from "./config.ts";
import { type Extended, type Linked, linkExtended } from "./extends.ts";
import type { ConfigProblem } from "./problem.ts";
import type { Selection } from "../select.ts";
import type { PartialSettings, Settings } from "../settings.ts";

/** A config file as it was read when its text last changed, and what it gives to drafts. */
export interface ConfigNode {
  /** Its path; undefined for what holds where no config file does. */
  readonly path: string | undefined;
  readonly text: string;
  /** What its text says, by itself. */
  readonly parsed: ParsedConfig;
  readonly config: Config;
  /** What each file that it extends says, and then itself, in the order in which they count. */
  readonly layers: readonly Config[];
  /** The files that it extends and that are there, in the order of their layers. */
  readonly files: readonly string[];
  /** Every path that was looked at for what it extends, whether or not a file is there. */
  readonly extended: readonly string[];
  /** Those of which nothing is known yet. */
  readonly unread: readonly string[];
  /** The layers as JSON: files that say the same give the very same settings. */
  readonly json: string;
  readonly problems: readonly ConfigProblem[];
  /** By the editor's settings, then by which overrides apply; shared by all nodes that say the same. */
  readonly settings: WeakMap<Config, Map<string, Settings>>;
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
  const parsed = parseConfig(text);
  return withLink(path, text, parsed, unlinked(parsed), []);
}

/**
 * The node with what it extends, if it `holds` for drafts and is not only extended itself. Of the nodes that are there, one that says the same lends its settings.
 */
export function linkedNode(
  { path, text, parsed }: ConfigNode,
  look: (path: string) => Extended,
  others: Iterable<ConfigNode>,
  holds: boolean,
): ConfigNode {
  const names = parsed.config.extends ?? [];
  const isAlone = path === undefined || names.length === 0 || !holds;
  return withLink(
    path,
    text,
    parsed,
    isAlone ? unlinked(parsed) : linkExtended(path, parsed, look),
    others,
  );
}

function unlinked({ config }: ParsedConfig): Linked {
  return { layers: [config], files: [], extended: [], unread: [], problems: [] };
}

function withLink(
  path: string | undefined,
  text: string,
  parsed: ParsedConfig,
  { layers, files, extended, unread, problems }: Linked,
  others: Iterable<ConfigNode>,
): ConfigNode {
  const json = JSON.stringify(layers);
  let settings: ConfigNode["settings"] | undefined;
  for (const other of others) {
    if (other.json === json) settings = other.settings;
  }
  return {
    path,
    text,
    parsed,
    config: parsed.config,
    layers,
    files,
    extended,
    unread,
    json,
    problems:
      problems.length === 0
        ? parsed.problems
        : [...parsed.problems, ...problems].sort((a, b) => a.span.start - b.span.start),
    settings: settings ?? new WeakMap(),
    scopes: new WeakMap(),
  };
}
