import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type Sensitivity, SIGNALS, type Steps, type Weights } from "../../src/repeats/signals.ts";
import { pairsOf, type Missed, type Pair, type Pairs } from "./pairs.ts";
import { fit, scoreOf, type Fitted, type Sample } from "./regression.ts";

type Kind = Pair["kind"];

/** The cost of a squared weight. */
const RIDGE = 4.5;
/** How many groups the repositories are split into; each is judged by a model trained on the others. */
const FOLDS = 8;

/**
 * The weight of a pair. Real accidents are few and pastes are many: each of these groups weighs about as much as the
 * intended pairs.
 */
const COUNTS = {
  "real accident": 12,
  "real, on purpose": 1,
  "pasted in articles, exactly": 0.03,
  "pasted in articles, edited": 0.05,
  "pasted in sites": 0.1,
  "pasted in another article": 0.5,
} as const;

/**
 * From which odds a repeat is a warning, an information and a hint: those at which this many intended pairs in 10,000
 * words of sites that the judge was not trained on are reported.
 */
const RATES: Readonly<Record<Kind, Readonly<Record<Sensitivity, readonly number[]>>>> = {
  within: { quiet: [0.03, 0.05, 0.09], normal: [0.05, 0.13, 0.15], eager: [0.24, 0.8, 2.6] },
  elsewhere: { quiet: [0.004, 0.01, 0.015], normal: [0.01, 0.05, 0.09], eager: [0.09, 0.2, 0.3] },
};

/**
 * The judge as the source of a module, and its measurements as Markdown.
 * @throws Error if the folder has no repeat to learn from.
 */
export function trainJudge(
  folder: string,
  log: (text: string) => void,
  kept?: string,
): { readonly source: string; readonly report: string } {
  const all = keptPairs(kept) ?? pairsOf(folder, log);
  if (all.pairs.length === 0) throw new Error(`${folder} has no repeats to learn from.`);
  if (kept !== undefined && !existsSync(kept)) writeFileSync(kept, JSON.stringify(all));
  const within = learned(all, "within", log);
  const elsewhere = learned(all, "elsewhere", log);
  const judge = { within: within.weights, elsewhere: elsewhere.weights };
  return {
    source: `// Made by \`npm run train -- judge\`; server/model/judge.md tells from what.\nimport type { Judge } from "./signals.ts";\n\nexport const JUDGE: Judge = ${JSON.stringify(judge)};\n`,
    report: [reportOf(all, "within", within.odds), reportOf(all, "elsewhere", elsewhere.odds)].join(
      "\n\n",
    ),
  };
}

/** The pairs that an earlier training saved, because reading the corpus takes most of the time. */
function keptPairs(path: string | undefined): Pairs | undefined {
  if (path === undefined || !existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, "utf8")) as Pairs;
}

/** The weights from all pairs, and the odds of each pair by a model trained on other repositories. */
function learned(
  { pairs, words }: Pairs,
  kind: Kind,
  log: (text: string) => void,
): { weights: Weights; odds: ReadonlyMap<Pair, number> } {
  const rows = pairs
    .filter((pair) => pair.kind === kind)
    .map((pair) => ({ pair, x: SIGNALS.map(({ value }) => value(pair.facts)) }));
  const sampleOf = ({ pair, x }: (typeof rows)[number]): Sample => ({
    x,
    accident: pair.accident,
    weight: countOf(pair),
  });
  const groups = [...new Set(rows.map(({ pair }) => pair.group))].sort();
  const foldOf = new Map(groups.map((group, at) => [group, at % FOLDS]));
  const odds = new Map<Pair, number>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const isOut = ({ pair }: (typeof rows)[number]): boolean => foldOf.get(pair.group) === fold;
    const fitted = fit(rows.filter((row) => !isOut(row)).map(sampleOf), SIGNALS, RIDGE);
    for (const row of rows) if (isOut(row)) odds.set(row.pair, scoreOf(fitted, row.x));
  }
  const onPurpose = rows.filter(({ pair }) => pair.source === "sites" && !pair.accident);
  const oddsIn = (list: typeof rows): number[] =>
    list.map(({ pair }) => odds.get(pair) ?? 0).sort((a, b) => b - a);
  // What is a hint at most has no share.
  const loud = oddsIn(onPurpose.filter(({ pair }) => mayBeLoud(pair)));
  const stepAt = (rate = 0): number =>
    rounded(loud[Math.round((rate * (words["sites"] ?? 0)) / 10_000)] ?? 0);
  const steps = (sensitivity: Sensitivity): Steps => {
    const [certain, likely, possible] = RATES[kind][sensitivity];
    return [stepAt(certain), stepAt(likely), stepAt(possible)];
  };
  const fitted = fit(rows.map(sampleOf), SIGNALS, RIDGE);
  log(`${kind}: learned from ${rows.length} pairs`);
  return {
    odds,
    weights: {
      bias: rounded(fitted[SIGNALS.length] ?? 0),
      weights: named(fitted),
      steps: { quiet: steps("quiet"), normal: steps("normal"), eager: steps("eager") },
    },
  };
}

function named(fitted: Fitted): Record<string, number> {
  const entries = SIGNALS.map(({ name }, at) => [name, rounded(fitted[at] ?? 0)] as const);
  return Object.fromEntries(entries.filter(([, weight]) => weight !== 0));
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function mayBeLoud({ facts, common }: Pair): boolean {
  return !facts.meant && !facts.doubtful && !common;
}

function countOf({ source, accident, kind, rate }: Pair): number {
  if (source === "in sites") return COUNTS["pasted in sites"];
  if (source === "in articles") {
    if (kind === "elsewhere") return COUNTS["pasted in another article"];
    return rate === 0
      ? COUNTS["pasted in articles, exactly"]
      : COUNTS["pasted in articles, edited"];
  }
  return accident ? COUNTS["real accident"] : COUNTS["real, on purpose"];
}

/** The curve: what is reported at each threshold, as a table in Markdown. */
function reportOf(
  { pairs, missed, words }: Pairs,
  kind: Kind,
  odds: ReadonlyMap<Pair, number>,
): string {
  const own = pairs.filter((pair) => pair.kind === kind);
  const scores = (test: (pair: Missed) => boolean): number[] => {
    const best = new Map<string, number>();
    for (const pair of own) {
      if (!test(pair)) continue;
      const loudness = mayBeLoud(pair) ? (odds.get(pair) ?? 0) : -Infinity;
      const name = `${pair.group} ${pair.about}`;
      best.set(name, Math.max(best.get(name) ?? -Infinity, loudness));
    }
    const none = missed.filter((pair) => pair.kind === kind && test(pair));
    return [...best.values(), ...none.map(() => -Infinity)];
  };
  const columns: readonly (readonly [string, number[]])[] = [
    ["accidents", scores((pair) => pair.labelled && pair.accident)],
    ["on purpose", scores((pair) => pair.labelled && !pair.accident)],
    ...[0, 0.05, 0.15].map((rate): [string, number[]] => [
      `articles, ${rate * 100} % edited`,
      scores((pair) => pair.source === "in articles" && pair.rate === rate),
    ]),
    ["sites, pasted", scores((pair) => pair.source === "in sites")],
  ];
  const shown = columns.filter(([, list]) => list.length > 0);
  const plain = (test: (pair: Pair) => boolean): number[] =>
    own.filter((pair) => !pair.accident && test(pair)).map((pair) => odds.get(pair) ?? 0);
  const sites = plain((pair) => pair.source === "sites" && mayBeLoud(pair)).sort((a, b) => b - a);
  const articles = plain((pair) => pair.source === "alone" && mayBeLoud(pair));
  const head = [
    "log-odds",
    "sites, 10,000 words",
    "articles, 10,000 words",
    ...shown.map(([name, list]) => `${name} (${list.length})`),
  ];
  const lines = CURVE.flatMap((rate) => {
    const step = sites[Math.round((rate * (words["sites"] ?? 0)) / 10_000)];
    if (step === undefined) return [];
    const above = (list: readonly number[]): number => list.filter((one) => one >= step).length;
    const cells = [
      step.toFixed(2),
      rate.toFixed(2),
      ((above(articles) * 10_000) / (words["articles"] ?? 1)).toFixed(2),
      ...shown.map(([, list]) => ((100 * above(list)) / list.length).toFixed(1)),
    ];
    return [`| ${cells.join(" | ")} |`];
  });
  return [`| ${head.join(" | ")} |`, `|${head.map(() => "---:|").join("")}`, ...lines].join("\n");
}

/** Intended findings in 10,000 words of sites; the curve has a line for each. */
const CURVE = [0.05, 0.09, 0.13, 0.17, 0.24, 0.31, 0.47, 0.8, 1.05, 1.6, 2.6, 4];
