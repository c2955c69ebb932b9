import type { Finding } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { getFormat } from "../../server/src/formats/registry.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { readLines, unitsOf } from "../../server/training/corpus.ts";
import { inContext, inMap, isLoud, printRow, readOptions, sorted } from "./report.ts";

/** A small edit that a writer made later; offsets are in code points of `before`. */
interface Slip {
  readonly kind: "lost" | "leftover";
  /** What was lost or left over: a part of speech, `article`, `doubled`. */
  readonly class: string;
  /** `style`: the earlier text reads as well. */
  readonly label: "slip" | "style" | "unclear";
  readonly words: string;
  readonly before: string;
  readonly offset: number;
}

/**
 * The largest distance from the slip at which a finding counts, in UTF-16 units: of two words that clash, either may
 * go.
 */
const NEAR = 2;
const AROUND = 60;

/**
 * How many small slips that writers mended later are reported, loudly or at all, in the earlier paragraphs: by any
 * rule, and words left over by each. `--corpus DIR` has `D8_slips.dev`; `--missed` prints those of a kind or class that
 * are not reported (`--missed doubled`).
 */
export function run(args: readonly string[]): void {
  const { corpus, missed } = readOptions(args, { corpus: "", missed: "" }, "corpus");
  const settings = settingsFrom({});
  const rows = new Map<string, Row>();
  for (const slip of readLines<Slip>(corpus, "D8_slips.dev")) {
    if (slip.label === "unclear") continue;
    const at = unitsOf(slip.before)(slip.offset);
    const found = lint(getFormat("plaintext").parse(slip.before), RULES, settings, {
      rethrow: true,
    }).filter((one) => isNear(one, slip, at));
    const name = nameOf(slip);
    count(rows, name, found);
    if (slip.kind === "leftover" && slip.class !== "doubled")
      for (const [rule, its] of byRule(found)) count(rows, `${name}, by ${rule}`, its);
    if (![name, slip.class].includes(missed) || slip.label !== "slip" || found.length > 0) continue;
    console.log(inContext(slip.before, { start: at, end: at + slip.words.length }, AROUND));
  }
  printRow("", ["slips", "loud", "told"]);
  for (const [name, { slips, loud, told }] of sorted(rows))
    printRow(name, [slips, (loud / slips).toFixed(3), (told / slips).toFixed(3)]);
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

/** The same slips in each row, with only that rule's own findings. */
function byRule(found: readonly Finding[]): [string, readonly Finding[]][] {
  const isOwn = ({ rule }: Finding): boolean => rule === "leftover-word";
  return [
    ["leftover-word", found.filter(isOwn)],
    ["others", found.filter((one) => !isOwn(one))],
  ];
}

function count(rows: Map<string, Row>, name: string, found: readonly Finding[]): void {
  const row = inMap(rows, name, () => ({ slips: 0, loud: 0, told: 0 }));
  row.slips++;
  if (found.length > 0) row.told++;
  if (found.some(isLoud)) row.loud++;
}
