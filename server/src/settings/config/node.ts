import { parseConfig, type Config } from "./config.ts";
import type { ConfigProblem } from "./mistakes.ts";
import type { Selection } from "../select.ts";
import type { PartialSettings, Settings } from "../settings.ts";

/** A config file as it was read when its text last changed, and what it gives to drafts. */
export interface ConfigNode {
  /** Its path; undefined for what holds where no config file does. */
  readonly path: string | undefined;
  readonly text: string;
  readonly config: Config;
  /** The config as JSON: files that say the same give the very same settings. */
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
  /** The numbers of the overrides that name a path, which counts from `folder`. */
  readonly naming: (relative: string) => readonly number[];
  /** Another file of the same folder may have other settings: the config file has overrides. */
  readonly perFile: boolean;
  /** By which overrides apply. */
  readonly resolved: Map<string, Resolved>;
  /** What was resolved for each draft; where there are overrides. */
  readonly drafts: Map<string, Resolved>;
}

/** What holds for a draft. */
export interface Resolved {
  /** The same object for the same sources: results are kept with it. */
  readonly settings: Settings;
  readonly selection: Selection;
  /** The config file that was used. */
  readonly configPath: string | undefined;
  /** The mistakes in that file; the settings are those without what they are in. */
  readonly problems: readonly ConfigProblem[];
}

/** Reads a config file's text. Of the nodes that are there, one that says the same lends its settings. */
export function newNode(
  path: string | undefined,
  text: string,
  others: Iterable<ConfigNode>,
): ConfigNode {
  const { config, problems } = parseConfig(text);
  const json = JSON.stringify(config);
  let settings: ConfigNode["settings"] | undefined;
  for (const other of others) {
    if (other.json === json) settings = other.settings;
  }
  return {
    path,
    text,
    config,
    json,
    problems,
    settings: settings ?? new WeakMap(),
    scopes: new WeakMap(),
  };
}
