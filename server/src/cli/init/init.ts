import { lstatSync, readdirSync } from "node:fs";
import path from "node:path";
import { writeWhole } from "../../host/node/replace-file.ts";
import { CONFIG_NAME } from "../../settings/config/config.ts";
import { escapedName } from "../../settings/select.ts";
import { writeBaseline } from "../baseline.ts";
import { type CheckOptions, examine, type Io, plainCheck } from "../check.ts";
import { findInputs, type Input, inputSettings } from "../inputs.ts";
import { fileOfPath, shownPath } from "../paths.ts";
import { counted, countFindings, type Report, countWords } from "../report.ts";
import { readConfigText } from "../stet-usage.ts";
import { visible } from "../visible.ts";
import { counts } from "../../text/counts.ts";
import { type Listing, type Site, sitesIn } from "./site.ts";
import { type Starter, starterText } from "./starter.ts";

export interface InitOptions {
  readonly folder: string;
  /** Write a baseline as well. */
  readonly baseline: boolean;
}

/** Rules that find less are no news. */
const FEWEST_FINDINGS = 5;
const MOST_RULES = 6;

/**
 * `galley init`: looks at a folder and writes a first `.galley.json` into it, unless nothing is found. Never writes
 * over a file. Returns the exit code: 2 where nothing could be written, else 0.
 */
export async function init({ folder, baseline }: InitOptions, outer: Io): Promise<number> {
  const io: Io = { ...outer, cwd: path.resolve(outer.cwd, folder) };
  const file = path.join(io.cwd, CONFIG_NAME);
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) {
    return refuse(io, `There is a ${CONFIG_NAME} here already. It was left as it is.`);
  }
  const { inputs, problems } = await findInputs(io.cwd, ["."], NOTHING_GIVEN);
  if (problems.some(({ fatal }) => fatal)) return refuse(io, "The folder can’t be read.");
  if (inputs.length === 0) return refuse(io, "No drafts here: nothing was written.");

  const sites = sitesIn(listFolder(io.cwd));
  const { chosen, include, elsewhere } = placeDrafts(sites, inputs);
  const derived = sites.flatMap((site) => site.derived).filter((one) => holdsAny(chosen, one));
  const { configPath } = (await inputSettings(io.cwd, "-", NOTHING_GIVEN)).resolved;
  const base = {
    extends: configPath === undefined ? [] : [shownPath(io.cwd, fileOfPath(configPath))],
    include: include.map(patternOfFolder),
    exclude: derived.map(patternOfFolder),
    elsewhere,
  };
  const first = starterText({ ...base, about: "", rules: [] });
  // The file is not written yet.
  const config = { file, text: first };
  const examined = async (one: CheckOptions["config"]): Promise<Report> =>
    (await examine(plainCheck({ paths: ["."], config: one, hints: false }), io)).report;
  const report = await examined(config);
  const whole = countFindings(report) > 0 ? report : await examined(undefined);
  if (countFindings(whole) === 0) {
    io.stdout.write(
      `Nothing found in ${describeSize(whole)}, so no ${CONFIG_NAME} was written.\n${NEXT}`,
    );
    return 0;
  }
  const site = listGenerators(sites);
  const about = `Made by galley init for ${site === "" ? "this folder" : `a site of ${site}`}.`;
  const text = starterText({ ...base, about, rules: loudest(report) });
  const reason = writeWhole(file, new TextEncoder().encode(text), { before: "absent" });
  if (reason !== undefined) return refuse(io, `${CONFIG_NAME}: It was not written. ${reason}`);
  io.stdout.write(summary(report, sites, base));
  if (baseline) return await writeBaseline({ paths: ["."], config: undefined }, io);
  io.stdout.write(countFindings(report) === 0 ? NEXT : OFFER);
  return 0;
}

const NEXT = "Next: galley check\n";

const OFFER =
  "Next: “galley baseline” lists what is found now, and “galley check” then tells only what is new.\n";

const NOTHING_GIVEN = { sources: {}, config: undefined };

/** What says which generators there are: the names in folders, and small files. */
function listFolder(cwd: string): Listing {
  return {
    names: (folder) => {
      try {
        const entries = readdirSync(path.join(cwd, folder), { withFileTypes: true });
        return new Set(entries.map((one) => (one.isDirectory() ? `${one.name}/` : one.name)));
      } catch {
        return undefined;
      }
    },
    text: (file) => readConfigText(path.join(cwd, file)),
  };
}

interface Placed {
  readonly chosen: readonly Input[];
  /** The folders that `include` names; none: everything. */
  readonly include: readonly string[];
  readonly elsewhere: string | undefined;
}

/** The drafts of the sites; all, where those have none or are everywhere. */
function placeDrafts(sites: readonly Site[], inputs: readonly Input[]): Placed {
  const content = [...new Set(sites.flatMap((site) => site.content))];
  const include = content.includes("") ? [] : content.filter((one) => holdsAny(inputs, one));
  if (include.length === 0) return { chosen: inputs, include: [], elsewhere: undefined };
  const isChosen = ({ shown }: Input): boolean => include.some((one) => isIn(shown, one));
  const others = inputs.filter((input) => !isChosen(input)).map(({ shown }) => shown);
  const rest = others.length > 3 ? " and others" : "";
  return {
    chosen: inputs.filter(isChosen),
    include,
    elsewhere: others.length === 0 ? undefined : `${others.slice(0, 3).join(", ")}${rest}`,
  };
}

function isIn(file: string, folder: string): boolean {
  return folder === "" || file.startsWith(`${folder}/`);
}

function holdsAny(inputs: readonly Input[], folder: string): boolean {
  return inputs.some(({ shown }) => isIn(shown, folder));
}

/** The pattern of all that is in a folder, by its path from the config file's. */
function patternOfFolder(folder: string): string {
  return `${escapedName(folder)}/**`;
}

function loudest(report: Report): Starter["rules"] {
  return countByRule(report)
    .filter(([, findings]) => findings >= FEWEST_FINDINGS)
    .slice(0, MOST_RULES)
    .map(([id]) => id);
}

/** How many findings each rule has, the most first. */
function countByRule({ files }: Report): ReturnType<typeof counts> {
  return counts(
    files.flatMap(({ findings }) => findings),
    ({ rule }) => rule,
  );
}

/** The names of the sites' generators, in words; empty where there are none. */
function listGenerators(sites: readonly Site[]): string {
  return [...new Set(sites.map(({ generator }) => generator))].join(" and ");
}

function describeSize(report: Report): string {
  return `${counted(report.files.length, "draft")} with ${counted(countWords(report), "word")}`;
}

function summary(
  report: Report,
  sites: readonly Site[],
  { include }: Pick<Starter, "include">,
): string {
  const byRule = countByRule(report);
  const total = countFindings(report);
  const width = Math.max(...byRule.map(([id]) => id.length));
  return [
    `Wrote ${CONFIG_NAME}.`,
    `  Site generator: ${listGenerators(sites) || "none that Galley knows"}`,
    `  Drafts: ${describeSize(report)}, in ${include.length === 0 ? "all folders" : include.map(visible).join(", ")}`,
    `  Findings: ${total === 0 ? "none" : total.toLocaleString("en-US")}`,
    ...byRule.map(([id, count]) => `    ${id.padEnd(width)}  ${count.toLocaleString("en-US")}`),
    "",
  ].join("\n");
}

function refuse(io: Io, message: string): number {
  io.stderr.write(`galley: ${message}\n`);
  return 2;
}
