import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { run as galley } from "../../server/src/cli/program.ts";
import { randomFrom } from "../../server/training/random.ts";
import { ioIn } from "../cli/io.ts";
import { filesByRepository, type SiteFile } from "./corpus.ts";

/**
 * The first hour of a team, on content repositories as they are: a first check, `galley init`, what is found
 * then, `galley baseline`, a second check, one damaged paragraph, and a third check. A repository passes if
 * the second check ends with 0 and the third tells the damage and nothing else.
 * `--corpus DIR` with D5_sites; `--side NAME` of it; `--repo NAME`: these alone (may be repeated); `--show`:
 * the config that is written, and what the third check says.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: { type: "string", default: "." },
      side: { type: "string", default: "dev" },
      repo: { type: "string", multiple: true, default: [] },
      show: { type: "boolean", default: false },
    },
  });
  const all = filesByRepository(values.corpus, `D5_sites.${values.side}`);
  const sites = [...all].filter(([repo]) => values.repo.length === 0 || values.repo.includes(repo));
  let passed = 0;
  for (const [repo, files] of sites) {
    const result = await firstHour(files, values.show);
    if (result.passes) passed++;
    console.log(`${result.passes ? "passes" : "FAILS "}  ${repo}: ${result.told}`);
  }
  console.log(`\n${passed} of ${sites.length} repositories pass.`);
  if (passed < sites.length) process.exitCode = 1;
}

interface Ran {
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
}

async function command(cwd: string, ...args: string[]): Promise<Ran> {
  const io = ioIn(cwd);
  const code = await galley(args, io, () => Promise.resolve());
  return { code, out: io.out(), err: io.err() };
}

interface Lines {
  readonly start: { readonly line: number };
  readonly end: { readonly line: number };
}

interface Found {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly range: Lines;
  readonly related: readonly { readonly path: string; readonly range: Lines }[];
}

interface Report {
  readonly files: readonly { readonly path: string; readonly findings: readonly Found[] }[];
}

/** What a check finds but for hints, and what it ends with. */
async function checked(cwd: string, ...args: string[]) {
  const ran = await command(cwd, "check", "--format", "json", ...args);
  const { files } = JSON.parse(ran.out) as Report;
  const loud = files.flatMap(({ path: file, findings }) =>
    findings.filter(({ severity }) => severity !== "hint").map((one) => ({ ...one, file })),
  );
  return { ...ran, files, loud };
}

async function firstHour(
  files: readonly SiteFile[],
  show: boolean,
): Promise<{ readonly passes: boolean; readonly told: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), "galley-first-run-"));
  try {
    // The root of a repository, so that nothing above it holds.
    mkdirSync(path.join(folder, ".git"));
    for (const file of files) {
      const target = path.join(folder, file.path);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, file.text);
    }
    const first = await checked(folder);
    const init = await command(folder, "init");
    if (show) console.log(init.out, readFileSync(path.join(folder, ".galley.json"), "utf8"));
    const after = await checked(folder);
    const baseline = await command(folder, "baseline");
    const second = await checked(folder);
    const damage = damaged(folder, after.files);
    const third = await checked(folder);
    const told = third.loud.map(
      ({ file, rule, range }) => `${file}:${range.start.line + 1} ${rule}`,
    );
    if (show) console.log(damage, told, second.err);
    const isExact = damage !== undefined && told.length === 1 && told[0] === damage;
    const passes =
      init.code === 0 &&
      baseline.code === 0 &&
      second.code === 0 &&
      second.loud.length === 0 &&
      isExact;
    const counts = `${first.files.length} drafts, ${first.loud.length} findings (exit ${String(first.code)}); after init ${after.files.length} drafts, ${after.loud.length}; after baseline ${second.loud.length} (exit ${String(second.code)}); damaged ${told.length}`;
    return { passes, told: isExact ? counts : `${counts}: ${String(damage)} ≠ ${told.join(", ")}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** First lines of paragraphs that a doubled word spoils, whatever is around them. */
const PROSE = /^[A-Z][^<>{}|[\]`*_\\#$]{60,}$/;

/**
 * Doubles a word of a paragraph that nothing was said about, drawn by lot. Returns where it is and what
 * the rule is that should say so.
 */
function damaged(folder: string, files: Report["files"]): string | undefined {
  const random = randomFrom(2026);
  const concerned = new Set(
    files.flatMap(({ path: file, findings }) =>
      findings.flatMap(({ range, related }) =>
        [{ path: file, range }, ...related].flatMap((one) =>
          Array.from(
            { length: one.range.end.line - one.range.start.line + 1 },
            (_, line) => `${one.path}:${one.range.start.line + line}`,
          ),
        ),
      ),
    ),
  );
  const places = files.flatMap(({ path: file }) =>
    readFileSync(path.join(folder, file), "utf8")
      .split("\n")
      .flatMap((text, line, all) => {
        const isFirst = (all[line - 1] ?? "").trim() === "";
        const isFit = isFirst && PROSE.test(text) && / of the [a-z]/.test(text);
        return isFit && !concerned.has(`${file}:${line}`) ? [{ file, line }] : [];
      }),
  );
  const place = places[Math.floor(random() * places.length)];
  if (place === undefined) return undefined;
  const target = path.join(folder, place.file);
  const lines = readFileSync(target, "utf8").split("\n");
  lines[place.line] = (lines[place.line] ?? "").replace(/ of the (?=[a-z])/, " of the the ");
  writeFileSync(target, lines.join("\n"));
  return `${place.file}:${place.line + 1} repeated-word`;
}
