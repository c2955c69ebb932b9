import type { Finding } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { type Settings, settingsFrom } from "../../server/src/settings/settings.ts";
import { getFormat } from "../../server/src/formats/registry.ts";
import { RULES } from "../../server/src/rules/index.ts";
import type { Article } from "../../server/training/corpus.ts";
import { randomFrom } from "../../server/training/random.ts";
import { articles, asMarkdown, cleanFiles } from "./corpus.ts";
import { inMap, isLoud, oneLine, printRow, readOptions } from "./report.ts";

/**
 * Damages published articles, one place in an article at a time, as a slip of the writer would, and
 * counts how often the rule that is there for it says something that it did not say before.
 * `--corpus DIR`; `--only FILE` and `--damage NAME` (each may be repeated); `--show N`: so many that
 * were missed; `--seed N`.
 */
export function run(args: readonly string[]): void {
  const defaults = { corpus: "", only: ["D1_links", "D1N_wikinews"], damage: [], show: 0, seed: 1 };
  const { corpus, only, damage: wanted, show, seed } = readOptions(args, defaults, "corpus");
  const damages = DAMAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const random = randomFrom(seed);
  const counts = damages.map(() => ({ made: 0, loud: 0, found: 0, missed: [] as string[] }));
  for (const name of cleanFiles(corpus)) {
    if (!only.includes(name)) continue;
    for (const article of articles(corpus, name)) {
      const clean = asMarkdown(article);
      damages.forEach((damage, index) => {
        const count = counts[index];
        const place = pick(damage.places(article, clean), random);
        if (count === undefined || place === undefined) return;
        const damaged = damage.make(clean, place, random);
        if (damaged === undefined) return;
        count.made++;
        const before = found(damage.rule, clean);
        const after = found(damage.rule, damaged);
        if (loud(after) > loud(before)) count.loud++;
        if (after.length > before.length) count.found++;
        else if (count.missed.length < show) {
          const [start] = place;
          count.missed.push(damaged.slice(Math.max(0, start - 100), start + 140));
        }
      });
    }
  }
  const print = (name: string, rule: string, ...cells: (string | number)[]): void => {
    printRow(`${name.padEnd(28)}${rule}`, cells, { name: 52 });
  };
  print("damage", "rule", "made", "loud", "with hints");
  damages.forEach(({ name, rule }, index) => {
    const { made = 0, loud: heard = 0, found: all = 0, missed = [] } = counts[index] ?? {};
    const rate = (count: number): string => (made === 0 ? "–" : (count / made).toFixed(3));
    print(name, rule, made, rate(heard), rate(all));
    for (const text of missed) console.log(`    ${oneLine(text)}`);
  });
}

/** A place that can be damaged: where it starts and ends in the Markdown. */
type Place = readonly [number, number];

interface Damage {
  readonly name: string;
  readonly rule: string;
  places(article: Article, text: string): readonly Place[];
  make(text: string, place: Place, random: () => number): string | undefined;
}

const cut = (text: string, [start, end]: Place): string => text.slice(0, start) + text.slice(end);

/** The places of a group of a pattern. */
function all(pattern: RegExp): Damage["places"] {
  return (_article, text) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const place = match.indices?.[1];
      return place === undefined ? [] : [place];
    });
}

const SMALL = "the|a|an|of|to|in|and|for|with|on|that|is|at|from|as|by|was|are|it|be|their|which";

const PARAGRAPH = /(?<=\n\n|^)([A-Z“"][^\n]{150,}[.!?]["”)]?)(?=\n\n[A-Z“"][^\n]{60,}|\n\n#|\n$)/dg;

const DAMAGES: readonly Damage[] = [
  {
    name: "closing quote lost",
    rule: "unclosed-quote",
    places: all(/(?<=[\s(])[“"][^\s“”"][^“”"\n]{8,300}(["”])(?=[\s.,;:)])/dg),
    make: cut,
  },
  {
    name: "opening quote lost",
    rule: "unclosed-quote",
    places: all(/(?<=[\s(])([“"])[^\s“”"][^“”"\n]{8,300}["”](?=[\s.,;:)])/dg),
    make: cut,
  },
  {
    name: "closing bracket lost",
    rule: "unclosed-bracket",
    places: all(/(?<= )\([A-Za-z][^()[\]\n]{2,200}(\))(?=[\s.,;:])/dg),
    make: cut,
  },
  {
    name: "opening bracket lost",
    rule: "unclosed-bracket",
    places: all(/(?<= )(\()[A-Za-z][^()[\]\n]{2,200}\)(?=[\s.,;:])/dg),
    make: cut,
  },
  {
    name: "small word doubled",
    rule: "repeated-word",
    places: all(new RegExp(`(?<=[a-z,] )(${SMALL})(?= [a-z])`, "dg")),
    make: (text, [start, end]) => `${text.slice(0, end)} ${text.slice(start)}`,
  },
  {
    name: "any word doubled",
    rule: "repeated-word",
    places: all(/(?<=[a-z,] )([a-z]{2,})(?= [a-z])/dg),
    make: (text, [start, end]) => `${text.slice(0, end)} ${text.slice(start)}`,
  },
  {
    name: "paragraph's tail lost",
    rule: "broken-off",
    places: all(PARAGRAPH),
    make: (text, [start, end], random) => {
      const body = text.slice(start, end);
      const spaces = [...body.matchAll(/ /g)].map((match) => match.index).slice(-25, -1);
      const at = spaces[Math.floor(random() * spaces.length)];
      return at === undefined ? undefined : cut(text, [start + at, end]);
    },
  },
  {
    name: "paragraph's head lost",
    rule: "starts-mid-sentence",
    places: all(PARAGRAPH),
    make: (text, [start, end], random) => {
      const body = text.slice(start, end);
      const spaces = [...body.matchAll(/ /g)].map((match) => match.index).slice(0, 12);
      const at = spaces[Math.floor(random() * spaces.length)];
      if (at === undefined || !/^ [a-z]/.test(body.slice(at))) return undefined;
      return cut(text, [start, start + at + 1]);
    },
  },
  {
    name: "link's text lost",
    rule: "empty-link",
    places: all(/\[([^\][\n]+)\]\(https:/dg),
    make: cut,
  },
  {
    name: "link's target lost",
    rule: "empty-link",
    places: all(/\[[^\][\n]+\]\((https:[^)\n]+)\)/dg),
    make: cut,
  },
  {
    name: "link's definition lost",
    rule: "empty-link",
    places: all(/\[[^\][\n]+(\]\(https:[^)\n]+\))/dg),
    make: (text, [start, end]) => `${text.slice(0, start)}][a source]${text.slice(end)}`,
  },
  {
    name: "section lost",
    rule: "empty-section",
    places: all(/\n## [^\n]+\n\n([^#\n][^\n]*(?:\n+[^#\n][^\n]*)*\n\n)(?=## )/dg),
    make: cut,
  },
  {
    name: "speaker lost",
    rule: "unattributed-quote",
    places: all(
      /(?<=\n\n)[“"][^“”"\n]{40,}["”]( (?:said|says|explained|added|wrote)[^“”"\n]{4,80}\.|[^“”"\n]{4,60}(?:said|says|explained|added|wrote)\.)(?=\n)/dg,
    ),
    make: cut,
  },
  {
    name: "word held by TK",
    rule: "leftover-placeholder",
    places: all(/(?<=[a-z,] )([a-z]{4,})(?=[ .,][a-z\n ])/dg),
    make: (text, [start, end]) => `${text.slice(0, start)}TK${text.slice(end)}`,
  },
];

function pick(places: readonly Place[], random: () => number): Place | undefined {
  return places[Math.floor(random() * places.length)];
}

function loud(findings: readonly Finding[]): number {
  return findings.filter(isLoud).length;
}

const settingsByRule = new Map<string, Settings>();

/** What one rule alone says of a text. */
function found(rule: string, text: string): Finding[] {
  const settings = inMap(settingsByRule, rule, () => {
    const off = RULES.filter(({ id }) => id !== rule).map(({ id }) => [id, "off"] as const);
    return settingsFrom({ rules: Object.fromEntries(off) });
  });
  return lint(getFormat("markdown").parse(text), RULES, settings, { rethrow: true });
}
