import { parseArgs } from "node:util";
import { atLeast, type Finding } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { getFormat } from "../../server/src/formats/registry.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { readLines, unitsOf } from "../../server/training/corpus.ts";

/** A small edit that a writer made later; offsets are code points of `before`. */
interface Slip {
  readonly kind: "lost" | "leftover";
  /** What was lost or left: a part of speech, `article`, `doubled`. */
  readonly class: string;
  /** `style`: the text before reads as well. */
  readonly label: "slip" | "style" | "unclear";
  readonly words: string;
  readonly before: string;
  readonly offset: number;
}

/** A finding counts if it is no further from the slip than this, in UTF-16 units: of two words that clash either may go. */
const NEAR = 2;
const AROUND = 60;

/**
 * How many small slips that writers mended later are told, loudly or at all, in the paragraphs as they were: by any
 * rule, and those left over by each. `--corpus DIR` has `D8_slips.dev`; `--missed` prints those of a kind or class
 * that nothing tells (`--missed doubled`).
 */
export function run(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: { corpus: { type: "string" }, missed: { type: "string" } },
  });
  if (values.corpus === undefined) throw new Error("slips needs --corpus DIR");
  const settings = settingsFrom({});
  const rows = new Map<string, Row>();
  for (const slip of readLines<Slip>(values.corpus, "D8_slips.dev")) {
    if (slip.label === "unclear") continue;
    const at = unitsOf(slip.before)(slip.offset);
    const found = lint(getFormat("plaintext").parse(slip.before), RULES, settings, {
      rethrow: true,
    }).filter((one) => isNear(one, slip, at));
    const name = nameOf(slip);
    count(rows, name, found);
    if (slip.kind === "leftover" && slip.class !== "doubled")
      for (const [rule, its] of byRule(found)) count(rows, `${name}, by ${rule}`, its);
    const isAsked = name === values.missed || slip.class === values.missed;
    if (isAsked && slip.label === "slip" && found.length === 0) show(slip, at);
  }
  console.log(line("", "slips", "loud", "told"));
  for (const [name, { slips, loud, told }] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(line(name, String(slips), (loud / slips).toFixed(3), (told / slips).toFixed(3)));
}

interface Row {
  slips: number;
  loud: number;
  told: number;
}

function nameOf({ kind, class: of, label }: Slip): string {
  const name = of === "doubled" ? of : kind === "lost" && of === "article" ? "lost articles" : kind;
  return label === "style" ? `no slip, ${name}` : name;
}

function isNear({ start, end }: Finding, { kind, words }: Slip, at: number): boolean {
  const to = kind === "lost" ? at : at + words.length;
  return start <= to + NEAR && at - NEAR <= end && end - start < AROUND;
}

/** The same slips in each row: none but its own findings in that of a rule. */
function byRule(found: readonly Finding[]): [string, readonly Finding[]][] {
  const isOwn = ({ rule }: Finding): boolean => rule === "leftover-word";
  return [
    ["leftover-word", found.filter(isOwn)],
    ["others", found.filter((one) => !isOwn(one))],
  ];
}

function count(rows: Map<string, Row>, name: string, found: readonly Finding[]): void {
  const row = rows.get(name) ?? { slips: 0, loud: 0, told: 0 };
  rows.set(name, row);
  row.slips++;
  if (found.length > 0) row.told++;
  if (found.some(({ severity }) => atLeast(severity, "information"))) row.loud++;
}

function show({ before, words }: Slip, at: number): void {
  const end = at + words.length;
  const marked = `${before.slice(Math.max(0, at - AROUND), at)}⟦${before.slice(at, end)}⟧${before.slice(end, end + AROUND)}`;
  console.log(marked.replaceAll("\n", "⏎"));
}

function line(name: string, ...cells: string[]): string {
  return name.padEnd(40) + cells.map((cell) => cell.padStart(8)).join("");
}
