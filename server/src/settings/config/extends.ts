import { type Config, CONFIG_NAME, type ParsedConfig } from "./config.ts";
import { shortened } from "./messages.ts";
import type { ConfigProblem } from "./problem.ts";
import { dirname } from "../../text/path.ts";
import { say, type Wording, wording } from "../../text/wording.ts";

/*
 * What a config file extends: other config files, by their paths from its folder or by the name of an installed
 * package. Pure: the texts of the files, and whether each may be used, are passed in.
 */

/**
 * Whether a file may be extended. `outside`: it or its link target is not in the repository. `beyond`: a folder above
 * the repository, where packages are not searched. `no packages`: this platform has none.
 */
export type Admission = "in" | "outside" | "beyond" | "no packages";

/** What is known about an extended file. */
export type Extended = ParsedConfig | "unread" | "absent" | Exclude<Admission, "in">;

/** A config file with everything it extends. */
export interface Linked {
  /** What each file says, in the order in which they apply: the extending file last. */
  readonly layers: readonly Config[];
  /** The files of the layers, except the extending one, in the same order. */
  readonly files: readonly string[];
  /** Every path that was looked at, whether or not a file is there. */
  readonly extended: readonly string[];
  /** The paths about which nothing is known yet. */
  readonly unread: readonly string[];
  readonly problems: readonly ConfigProblem[];
}

/** How many names are followed for one config file. */
const MOST = 100;

/**
 * The possible places of a file that `extends` names, nearest first. `folder` is that of the extending file, as a path
 * or URI separated by "/". None if the name leads out of the file system.
 */
export function candidatePaths(name: string, folder: string): readonly string[] {
  const steps = name.split("/");
  if (name.startsWith(".")) {
    const path = joined(folder, steps);
    return path === undefined ? [] : [path];
  }
  const paths: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const path = joined(at, [MODULES, ...steps, CONFIG_NAME]);
    if (path !== undefined && !at.endsWith(`/${MODULES}`)) paths.push(path);
    // “file://” is the root of the file system, and “web://host” that of a virtual one.
    if (!at.includes("/") || at.endsWith("://") || dirname(at).endsWith(":/")) return paths;
  }
}

const MODULES = "node_modules";

export function isInPackage(path: string): boolean {
  return path.includes(`/${MODULES}/`);
}

/** The path that the steps lead to; undefined if they lead above the root. */
function joined(folder: string, steps: readonly string[]): string | undefined {
  const isUri = /^[a-z][\w+.-]+:/i.test(folder);
  let at = folder;
  for (const step of steps) {
    if (step === "" || step === ".") continue;
    if (step === "..") {
      if (!at.includes("/") || at.endsWith("://")) return undefined;
      at = dirname(at);
    } else at = `${at}/${isUri ? step.replace(/[%#?]/g, encodeURIComponent) : step}`;
  }
  return at;
}

/**
 * Follows what a config file extends, each file once, so cycles end. The work is bounded by the number of names
 * followed. Never throws: what can’t be used is reported at its entry and left out.
 */
export function linkExtended(
  root: string,
  parsedRoot: ParsedConfig,
  look: (path: string) => Extended,
): Linked {
  const layers: Config[] = [];
  const files: string[] = [];
  const extended = new Set<string>();
  const unread = new Set<string>();
  const visited = new Set([root]);
  const reported = new Map<string, ConfigProblem>();
  let followed = 0;

  /** `entry` is the entry of the root through which the file was reached. */
  const visit = (path: string, parsed: ParsedConfig, entry: number | undefined): void => {
    for (const [number, name] of (parsed.config.extends ?? []).entries()) {
      const place = entry ?? number;
      const via = entry === undefined ? undefined : parsedRoot.config.extends?.[entry];
      const report = (message: Wording, severity: ConfigProblem["severity"]): void => {
        const span = parsedRoot.extendsAt[place] ?? { start: 0, end: 0 };
        reported.set(`${place} ${say(message)}`, { message, span, severity, wholeFile: false });
      };
      if (++followed > MOST) {
        const message = wording("More than {0} files are extended. The rest is left out.", MOST);
        if (followed === MOST + 1) report(message, "error");
        return;
      }
      const extension = lookUp(candidatePaths(name, dirname(path)), look, extended, unread);
      if (extension === undefined) continue;
      const { file, what } = extension;
      if (typeof what === "string") {
        report(missing(name, via, what), what === "no packages" ? "warning" : "error");
      } else if (!visited.has(file)) {
        visited.add(file);
        visit(file, what, place);
      }
    }
    layers.push(parsed.config);
    if (path !== root) files.push(path);
  };
  visit(root, parsedRoot, undefined);
  const problems = [...reported.values()];
  return { layers, files, extended: [...extended], unread: [...unread], problems };
}

interface Found {
  readonly file: string;
  readonly what: Exclude<Extended, "unread" | "beyond">;
}

/** The nearest candidate that exists; undefined while that is not known. */
function lookUp(
  candidates: readonly string[],
  look: (path: string) => Extended,
  extended: Set<string>,
  unread: Set<string>,
): Found | undefined {
  let isPending = false;
  let absent = "";
  for (const file of candidates) {
    extended.add(file);
    const what = look(file);
    if (what === "unread") {
      unread.add(file);
      isPending = true;
    } else if (what === "absent" || what === "beyond") absent = file;
    else return isPending ? undefined : { file, what };
  }
  if (isPending) return undefined;
  return candidates.length === 0 ? { file: "", what: "outside" } : { file: absent, what: "absent" };
}

function missing(
  name: string,
  via: string | undefined,
  what: Exclude<Found["what"], object>,
): Wording {
  const shown = shortened(name);
  const quoted = wording("“{0}”", shown);
  // Other languages put the two in another order, as in “B (from A)”.
  const which =
    via === undefined ? quoted : wording("“{0}” extends “{1}”, which", shortened(via), shown);
  switch (what) {
    case "absent":
      return name.startsWith(".")
        ? wording("{0} is not there. Nothing is taken from it.", which)
        : notInstalled(which, name);
    case "outside":
      return wording(
        "{0} is outside this repository, or links there. Only files inside it can be extended.",
        which,
      );
    case "no packages":
      return wording(
        "{0} is a package, and here packages can’t be looked up. Nothing is taken from it.",
        which,
      );
  }
}

function notInstalled(which: Wording, name: string): Wording {
  const message = wording(
    "{0} is not installed here: no node_modules in this folder or above it has it with a {1}.",
    which,
    CONFIG_NAME,
  );
  return /\.jsonc?$/.test(name)
    ? wording("{0} {1}", message, wording("If it is a file, write “./{0}”.", shortened(name)))
    : message;
}
