import { counted } from "../../report.ts";
import type { Colors } from "../reporter.ts";
import type { Located } from "./gravest.ts";

/** From so many findings on, a reader is given an overview. */
export const MANY_FINDINGS = 20;

const MOST_ROWS = 10;
const MOST_GROUPS = 5;
/** So many findings that mark the same words are a group. */
const LEAST_ALIKE = 3;

/**
 * What leads on from many findings, as lines: how many there are of each rule in each folder, which mark
 * the same words, and two settings, where two would remove half of them or more. `paths` are all drafts'.
 */
export function overview(
  findings: readonly Located[],
  paths: readonly string[],
  colors: Colors,
): string[] {
  return [
    ...table(findings, colors),
    ...groups(findings, colors),
    ...settings(findings, paths, colors),
  ];
}

function table(findings: readonly Located[], colors: Colors): string[] {
  const rows = counts(findings, ({ path, finding }) => `${finding.rule}\n${folderOf(path)}`);
  const shown = rows.slice(0, MOST_ROWS).map(([key, count]) => {
    const [rule = "", folder = ""] = key.split("\n");
    return { count, rule, folder };
  });
  const widest = Math.max(0, ...shown.map(({ rule }) => rule.length));
  const left = rows.slice(MOST_ROWS).reduce((sum, [, count]) => sum + count, 0);
  return [
    colors.underline("By rule and folder"),
    ...shown.map(
      ({ count, rule, folder }) => `${number(count)}  ${rule.padEnd(widest)}  ${folder}`,
    ),
    ...(left === 0 ? [] : [colors.dim(`${number(left)}  more`)]),
    "",
  ];
}

function groups(findings: readonly Located[], colors: Colors): string[] {
  const alike = counts(
    findings.filter(({ finding }) => isWhole(finding.excerpt.marked)),
    ({ finding }) => `${finding.rule}\n${finding.excerpt.marked}`,
    LEAST_ALIKE,
  ).slice(0, MOST_GROUPS);
  if (alike.length === 0) return [];
  const lines = alike.map(([key, count]) => {
    const [rule = "", marked = ""] = key.split("\n");
    return `  “${marked}”: ${counted(count, "place")}  ${colors.dim(rule)}`;
  });
  return [colors.underline("The same words"), ...lines, ""];
}

/** Marked words that are shown whole. */
function isWhole(marked: string): boolean {
  return marked.trim() !== "" && !marked.endsWith("…");
}

/** Something that one setting would remove. */
type Removal = { readonly rule: string } | { readonly folder: string };

function settings(
  findings: readonly Located[],
  paths: readonly string[],
  colors: Colors,
): string[] {
  // A hint stays a hint.
  let left = findings.filter(({ finding }) => finding.severity !== "hint");
  const folders = excludable(paths);
  const taken: Removal[] = [];
  for (let round = 0; round < 2; round++) {
    const best = largest(left, folders);
    if (best === undefined) break;
    taken.push(best);
    left = left.filter((one) => !removes(best, one));
  }
  const removed = findings.filter((one) => taken.some((removal) => removes(removal, one))).length;
  if (taken.length < 2 || removed * 2 < findings.length) return [];
  const rules = taken.flatMap((one) => ("rule" in one ? [[one.rule, "hint"] as const] : []));
  const exclude = taken.flatMap((one) => ("folder" in one ? [`${one.folder}/**`] : []));
  const lines = [
    ...(rules.length === 0
      ? []
      : [`"rules": { ${rules.map((rule) => rule.map(quoted).join(": ")).join(", ")} }`]),
    ...(exclude.length === 0 ? [] : [`"exclude": [${exclude.map(quoted).join(", ")}]`]),
  ];
  const heading = `In the .galley.json of this folder, this would remove ${removed.toLocaleString("en-US")} of them`;
  return [colors.underline(heading), `  ${lines.join(",\n  ")}`, ""];
}

function removes(removal: Removal, { path, finding }: Located): boolean {
  return "rule" in removal
    ? finding.rule === removal.rule && finding.severity !== "hint"
    : path.startsWith(`${removal.folder}/`);
}

/** The rule or the folder with most findings; of folders within each other that have as many, the innermost. */
function largest(findings: readonly Located[], folders: ReadonlySet<string>): Removal | undefined {
  const [rule] = counts(findings, ({ finding }) => finding.rule);
  let folder: readonly [string, number] | undefined;
  const inFolders = new Map<string, number>();
  for (const { path } of findings) {
    for (const one of ancestors(path)) {
      if (folders.has(one)) inFolders.set(one, (inFolders.get(one) ?? 0) + 1);
    }
  }
  for (const one of inFolders) {
    const isMore = folder === undefined || one[1] > folder[1];
    const isWithin = folder?.[1] === one[1] && one[0].startsWith(`${folder[0]}/`);
    if (isMore || isWithin) folder = one;
  }
  if (rule === undefined) return undefined;
  return folder !== undefined && folder[1] >= rule[1] ? { folder: folder[0] } : { rule: rule[0] };
}

/** Folders that may be left out: with half of the drafts at most, and a name that is no pattern of others. */
function excludable(paths: readonly string[]): ReadonlySet<string> {
  const drafts = new Map<string, number>();
  for (const path of paths) {
    for (const one of ancestors(path)) drafts.set(one, (drafts.get(one) ?? 0) + 1);
  }
  return new Set(
    [...drafts]
      .filter(([folder, count]) => count * 2 <= paths.length && PLAIN.test(folder))
      .map(([folder]) => folder),
  );
}

const PLAIN = /^(?!\.\.(?:\/|$))[\p{L}\p{N}._-][\p{L}\p{N} ._/-]*$/u;

/** The folders that a file is in, the outermost first; no more than a pattern has use for. */
function ancestors(path: string): string[] {
  const parts = path.split("/").slice(0, -1).slice(0, 8);
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "." : path.slice(0, end);
}

/** How many there are of each kind of which there are enough, the most first; where they are as many, in the order of their keys. */
function counts(
  findings: readonly Located[],
  keyOf: (one: Located) => string,
  least = 1,
): readonly (readonly [string, number])[] {
  const found = new Map<string, number>();
  for (const one of findings) {
    const key = keyOf(one);
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  const enough = [...found].filter(([, count]) => count >= least);
  return enough.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function number(count: number): string {
  return count.toLocaleString("en-US").padStart(7);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
