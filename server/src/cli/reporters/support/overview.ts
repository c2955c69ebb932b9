import { counts } from "../../../text/counts.ts";
import { countedAs, say, wording } from "../../../text/wording.ts";
import type { ReportOptions } from "../reporter.ts";
import type { Located } from "./located.ts";

type Look = Pick<ReportOptions, "colors" | "translations">;

/** From this many findings on, the report gets an overview. */
export const MANY_FINDINGS = 20;

const MOST_ROWS = 10;
const MOST_GROUPS = 5;
/** This many findings that mark the same words are a group. */
const LEAST_ALIKE = 3;

/**
 * The overview of many findings, as lines: how many there are of each rule in each folder, which mark the same words,
 * and a hint at baselines. If only what is new is reported, it is not `isWhole`: listing that in a baseline would hide
 * it.
 */
export function overview(findings: readonly Located[], isWhole: boolean, options: Look): string[] {
  return [
    ...table(findings, options),
    ...groups(findings, options),
    ...(isWhole ? baseline(findings, options) : []),
  ];
}

function table(findings: readonly Located[], { colors, translations }: Look): string[] {
  const rows = counts(findings, ({ path, finding }) => `${finding.rule}\n${parentFolder(path)}`);
  const shown = rows.slice(0, MOST_ROWS).map(([key, count]) => {
    const [rule = "", folder = ""] = key.split("\n");
    return { count, rule, folder };
  });
  const widest = Math.max(0, ...shown.map(({ rule }) => rule.length));
  const left = rows.slice(MOST_ROWS).reduce((sum, [, count]) => sum + count, 0);
  return [
    colors.underline(say(wording("By rule and folder"), translations)),
    ...shown.map(
      ({ count, rule, folder }) => `${number(count)}  ${rule.padEnd(widest)}  ${folder}`,
    ),
    ...(left === 0 ? [] : [colors.dim(say(wording("{0} more", `${number(left)} `), translations))]),
    "",
  ];
}

function groups(findings: readonly Located[], { colors, translations }: Look): string[] {
  const alike = counts(
    findings.filter(({ finding }) => isShownWhole(finding.excerpt.marked)),
    ({ finding }) => `${finding.rule}\n${finding.excerpt.marked}`,
  )
    .filter(([, count]) => count >= LEAST_ALIKE)
    .slice(0, MOST_GROUPS);
  if (alike.length === 0) return [];
  const lines = alike.map(([key, count]) => {
    const [rule = "", marked = ""] = key.split("\n");
    const places = countedAs(count, wording("1 place"), (n) => wording("{0} places", n));
    const words = say(wording("“{0}”: {1}", marked, places), translations);
    return `  ${words}  ${colors.dim(rule)}`;
  });
  return [colors.underline(say(wording("The same words"), translations)), ...lines, ""];
}

/** How many marked words are shown in full. */
function isShownWhole(marked: string): boolean {
  return marked.trim() !== "" && !marked.endsWith("…");
}

/** `galley baseline`, for findings above hints: they should be looked at, not turned off. */
function baseline(findings: readonly Located[], { colors, translations }: Look): string[] {
  const isLoud = findings.some(({ finding }) => finding.severity !== "hint");
  const heading = say(wording("To see only what is new"), translations);
  return isLoud ? [colors.underline(heading), "  galley baseline", ""] : [];
}

function parentFolder(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "." : path.slice(0, end);
}

function number(count: number): string {
  return count.toLocaleString("en-US").padStart(7);
}
