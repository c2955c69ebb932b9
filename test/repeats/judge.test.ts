import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Severity } from "../../server/src/draft/finding.ts";
import type { Facts } from "../../server/src/repeats/facts.ts";
import { computeOdds, repeatsWithin } from "../../server/src/repeats/judge.ts";
import { SIGNALS } from "../../server/src/repeats/signals.ts";
import { JUDGE } from "../../server/src/repeats/weights.ts";
import { draftOf } from "../support/rules.ts";
import { anyFacts } from "../support/any-facts.ts";
import { runs } from "../support/property.ts";

const KINDS = ["within", "elsewhere"] as const;

/** What may be between two copies, or inserted into one, and the effect. */
const QUIETER: readonly (readonly [string, (facts: Facts, by: number) => Facts])[] = [
  ["a marker between", (facts, by) => ({ ...facts, markers: facts.markers + by })],
  [
    "more of the same",
    (facts, by) => ({
      ...facts,
      inThirdPlace: 1,
      repeatedBeside: facts.repeatedBeside + by / 100,
      sharedBeside: facts.sharedBeside + by / 100,
    }),
  ],
  ["a longer distance", (facts, by) => ({ ...facts, apart: facts.apart + by })],
  [
    "a name put for a name",
    (facts, by) => ({
      ...facts,
      slots: facts.slots + by,
      changed: facts.changed + by,
      matched: Math.max(0, facts.matched - by),
    }),
  ],
  [
    "a sign that two drafts share it on purpose",
    (facts) => ({ ...facts, series: true, opensLater: true, opensEarlier: true, closesBoth: true }),
  ],
];

describe.each(KINDS)("the odds of repeats %s", (kind) => {
  test.each(QUIETER)("%s never makes a repeat louder", (_, changed) => {
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: 1, max: 300 }), (facts, by) => {
        const odds = computeOdds(facts, JUDGE[kind]);
        expect(computeOdds(changed(facts, by), JUDGE[kind])).toBeLessThanOrEqual(odds + 1e-9);
      }),
      runs(2000),
    );
  });

  test("every weight belongs to a signal, within its bounds, and all odds are numbers", () => {
    const { weights, steps } = JUDGE[kind];
    const signals = new Map(SIGNALS.map((signal) => [signal.name, signal]));
    expect(signals.size).toBe(SIGNALS.length);
    for (const [name, weight] of Object.entries(weights)) {
      expect(signals.has(name)).toBe(true);
      expect(weight).toBeGreaterThanOrEqual(signals.get(name)?.least ?? -Infinity);
      expect(weight).toBeLessThanOrEqual(signals.get(name)?.most ?? Infinity);
    }
    for (const [certain, likely, possible] of Object.values(steps)) {
      expect(certain).toBeGreaterThan(likely);
      expect(likely).toBeGreaterThan(possible);
    }
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(computeOdds(facts, JUDGE[kind])).not.toBeNaN();
      }),
      runs(500),
    );
  });

  test("a higher sensitivity never reports less", () => {
    const { quiet, normal, eager } = JUDGE[kind].steps;
    for (const step of [0, 1, 2] as const) {
      expect(quiet[step]).toBeGreaterThan(normal[step]);
      expect(normal[step]).toBeGreaterThan(eager[step]);
    }
  });
});

const MIN_WORDS = 12;

/** The odds of the likeliest accident reported in a draft. */
function odds(text: string): number {
  const { repeats } = repeatsWithin(draftOf(text), { minWords: MIN_WORDS });
  return Math.max(-Infinity, ...repeats.map((repeat) => repeat.odds));
}

/** The severity of each repeat in a text. */
function told(text: string): (Severity | undefined)[] {
  return repeatsWithin(draftOf(text), { minWords: MIN_WORDS }).repeats.map(
    ({ severity }) => severity,
  );
}

/** A sentence of this many words, all different. */
function sentence(words: number, seed = 0): string {
  const letters = (at: number): string =>
    String.fromCharCode(97 + (at % 26)) + String.fromCharCode(97 + (Math.floor(at / 26) % 26));
  const all = Array.from({ length: words }, (_, at) => `${letters(at + seed * 100)}on`);
  return `The ${all.slice(1).join(" ")}.`;
}

describe("severity", () => {
  test("an exact paragraph right after its copy is a warning, at any length", () => {
    for (let words = MIN_WORDS; words <= 70; words++) {
      const own = sentence(words);
      const text = `${sentence(30, 1)}\n\n${own}\n\n${own}\n\n${sentence(30, 2)}\n`;
      expect([words, told(text)]).toEqual([words, ["warning"]]);
    }
  });

  test("a sentence of few words twice in a row is a hint; a shorter one, or one elsewhere, nothing", () => {
    for (let words = 1; words < MIN_WORDS; words++) {
      const own = sentence(words);
      const row = `${sentence(30, 1)} ${own} ${own} ${sentence(30, 2)}\n`;
      expect([words, told(row)]).toEqual([words, words < 8 ? [] : ["hint"]]);
      expect(told(`${own}\n\n${sentence(30, 1)}\n\n${own}\n\n${sentence(30, 2)}\n`)).toEqual([]);
    }
  });

  test.each([
    ["labels in bold", (label: string, own: string) => `**${label}**: ${own}`],
    ["labels that are code", (label: string, own: string) => `- \`${label}\` ${own}`],
    ["terms over what they mean", (label: string, own: string) => `\`${label}\`\n\n${own}`],
    ["lines in bold over a section", (label: string, own: string) => `**${label}**\n\n${own}`],
    [
      "figures with captions of their own",
      (label: string, own: string) =>
        `<figure>\n<figcaption>${label}</figcaption>\n\n${own}\n\n</figure>`,
    ],
    [
      "elements of different classes",
      (label: string, own: string) => `<div class="${label}">\n\n${own}\n\n</div>`,
    ],
  ])("%s: copies under two of them are less loud than under one", (_, entry) => {
    const text = (first: string, second: string, own: string): string =>
      `${sentence(30, 1)}\n\n${entry(first, own)}\n\n${entry(second, own)}\n\n${sentence(30, 2)}\n`;
    for (let words = MIN_WORDS; words <= 70; words++) {
      const own = sentence(words);
      const apart = odds(text("North", "South", own));
      expect([words, apart < odds(text("North", "North", own)) - 1.5]).toEqual([words, true]);
      expect(told(text("North", "North", own))).toEqual(["warning"]);
    }
  });

  test("a paragraph pasted far away is at least a hint, also if something else is repeated", () => {
    const own = sentence(24);
    const section = (at: number): string => `## ${sentence(3, at)}\n\n${sentence(75, at)}\n\n`;
    const isTold = (other: string): boolean => {
      const between = `${section(2)}${other}${section(3)}${other}${section(4)}`;
      const draft = draftOf(`${section(1)}${own}\n\n${between}${own}\n`);
      const { repeats } = repeatsWithin(draft, { minWords: MIN_WORDS });
      return repeats.some(({ aStart, aEnd }) => aEnd - aStart === 24);
    };
    expect(["", `${sentence(13, 6)}\n\n`].map(isTold)).toEqual([true, true]);
  });

  test("a draft that says much else twice has reworded paragraphs on purpose", () => {
    const own = sentence(30);
    const reworded = own.replace("caon daon", "xon yon").replace("kaon laon", "zon");
    const text = (below: string, between: string, copy: string): string =>
      `${sentence(70, 1)}\n\n${own}\n\n${between}\n\n${copy}\n\n${sentence(60, 3)}\n${below}`;
    const severityOf = (
      below: string,
      between = sentence(40, 2),
      copy = reworded,
    ): (Severity | undefined)[] => {
      const draft = draftOf(text(below, between, copy));
      const { repeats } = repeatsWithin(draft, { minWords: MIN_WORDS });
      return repeats.filter(({ changes }) => changes.length > 0).map(({ severity }) => severity);
    };
    const items = Array.from({ length: 9 }, (_, at) => `- ${sentence(8, 30 + at)}\n`);
    const twice = `\n${items.join("")}\n${sentence(60, 5)}\n\n${items.toReversed().join("")}`;
    expect([severityOf(""), severityOf(twice)]).toEqual([["warning"], []]);
    // But not if the copy is nearly the same, and right below.
    expect(severityOf(twice, sentence(9, 8), own.replace("caon", "xon"))).toEqual(["information"]);
    expect(severityOf(twice, sentence(9, 8))).toEqual([]);
  });

  test("three paragraphs pasted in a section, each reworked, are no reason to doubt each other", () => {
    const paragraphs = [0, 1, 2].map((at) => sentence(30, at));
    const reworked = paragraphs.map((words) =>
      words.replace(/ (\S+) (\S+) (\S+)\./, " xon yon zon."),
    );
    const rows = paragraphs.map((own, at) => [own, sentence(60, 5 + at), reworked[at] ?? ""]);
    const { repeats } = repeatsWithin(draftOf(rows.flat().join("\n\n")), { minWords: MIN_WORDS });
    expect(repeats.map(({ severity }) => severity)).not.toContain("hint");
    expect(repeats).toHaveLength(3);
  });

  const steps = [
    "Open the settings of the program and look for the page with the keys.",
    "Write the name of the folder into the field and press the blue button.",
    "Close the window, wait until the light is green, and start it again.",
  ];
  const numbered = steps.map((step, at) => `${at + 1}. ${step}`).join("\n");
  const filled = (name: string): string =>
    `The mayor of ${name} says that nobody in ${name} knows why the bridge of ${name} was closed.`;
  test.each([
    ["steps under two headings", `# Linux\n\n${numbered}\n\n# Windows\n\n${numbered}\n`],
    [
      "the words of two tabs",
      `=== "Linux"\n\n${steps[0]}\n\n=== "Windows"\n\n${steps[0]}\n\n${sentence(20)}\n`,
    ],
    [
      "a text that is filled in",
      `## Bergen\n\n${filled("Bergen")}\n\n## Oslo\n\n${filled("Oslo")}\n\n## Bodø\n\n${filled("Bodø")}\n`,
    ],
  ])("%s: a hint at most", (_, text) => {
    for (const severity of told(text)) expect(severity).toBe("hint");
  });
});
