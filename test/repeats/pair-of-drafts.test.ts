import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Draft } from "../../server/src/draft/draft.ts";
import type { Report } from "../../server/src/draft/finding.ts";
import { joinPath } from "../../server/src/project/places.ts";
import type { Facts } from "../../server/src/repeats/facts.ts";
import { fingerprint } from "../../server/src/repeats/fingerprints.ts";
import { RepeatIndex } from "../../server/src/repeats/index.ts";
import {
  comparePaths,
  draftPair,
  type DraftPair,
} from "../../server/src/repeats/pair-of-drafts.ts";
import { partnersToRead } from "../../server/src/repeats/elsewhere.ts";
import { candidates } from "../../server/src/repeats/judge.ts";
import { findRepeats } from "../../server/src/repeats/repeats.ts";
import { getSequence } from "../../server/src/repeats/sequence.ts";
import { repeatedElsewhere } from "../../server/src/rules/repeated-elsewhere.ts";
import { compared } from "../support/compared.ts";
import { NEWS } from "../support/passages.ts";
import { draftOf } from "../support/rules.ts";
import { runs } from "../support/property.ts";
import { say } from "../../server/src/text/wording.ts";

const NOTHING = "Nothing is known.\n";

function pairOf(a: string, b: string, own = NOTHING, other = NOTHING): DraftPair {
  return draftPair({ uri: a, draft: draftOf(own) }, { uri: b, draft: draftOf(other) });
}

describe("the later of two drafts", () => {
  test.each([
    ["---\ndate: 2024-05-02\n---\n", "---\ndate: 2024-05-01\n---\n"],
    ["---\ndate: '2024-05-01T09:00:00Z'\n---\n", '---\ndate: "2023-12-31"\n---\n'],
    ["+++\ndate = 2024-05-02\n+++\n", "---\npublished: 2024-05-01\n---\n"],
    ["---\nlastmod: 2024-10-01\n---\n", "---\nlastmod: 2024-9-30\n---\n"],
    // The date of writing comes before that of a change.
    ["---\nlastmod: 2024-05-03\ndate: 2024-05-02\n---\n", "---\npubDate: 2024/05/01\n---\n"],
  ])("is known by a date in the front matter, whatever the paths: %j", (later, earlier) => {
    expect(pairOf("2018-01-01-a.md", "2024-01-01-b.md", later, earlier).isLater).toBe(true);
    expect(pairOf("2024-01-01-z.md", "b.md", earlier, later).isLater).toBe(false);
  });

  test.each([
    ["x/2024-05-02-bridge.md", "y/2024-05-01-quay.md"],
    ["2024/05/02/bridge.md", "2024/05/01/quay.md"],
    ["2024/06/a.md", "2024/05/b.md"],
    ["a-20240502.md", "b-20240501.md"],
    // Without dates, or with equal ones, only the paths are left.
    ["part-10.md", "part-9.md"],
    ["part2.md", "part.md"],
    ["50.md", "%41.md"],
    ["b.md", "a.md"],
    ["2024-05-01-b.md", "2024-05-01-a.md"],
    ["b 2024-13-45.md", "a 2024-13-46.md"],
  ])("is known by a date in the path, else by the path: %s after %s", (later, earlier) => {
    expect(pairOf(later, earlier).isLater).toBe(true);
    expect(pairOf(earlier, later).isLater).toBe(false);
  });

  const segment = fc.oneof(
    fc.constantFrom("2024", "05", "1", "01", "v1.2", "en", "old", "index.md", "a 2024-05-01.md"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 6 }),
    fc.stringMatching(/^[a-c0-9.-]{1,20}$/),
  );
  const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((all) => all.join("/"));
  const matter = fc.constantFrom(
    "",
    "---\ndate: 2024-05-01\n---\n",
    "+++\ndate = 2023-01-01\n+++\n",
  );

  test("exactly one of any two is later, and the rest is the same from either side", () => {
    fc.assert(
      fc.property(path, path, matter, matter, (a, b, own, other) => {
        fc.pre(a !== b);
        const one = pairOf(a, b, own, other);
        const two = pairOf(b, a, other, own);
        // They may differ only in what a URI escapes.
        if (comparePaths(a, b) !== 0) expect(two).toEqual({ ...one, isLater: !one.isLater });
      }),
      runs(500),
    );
  });

  test("paths have one order", () => {
    fc.assert(
      fc.property(path, path, path, (a, b, c) => {
        expect(Math.sign(comparePaths(a, b))).toBe(-Math.sign(comparePaths(b, a)) + 0);
        if (comparePaths(a, b) < 0 && comparePaths(b, c) < 0) {
          expect(comparePaths(a, c)).toBeLessThan(0);
        }
      }),
      runs(500),
    );
  });

  test("an editor with URIs decides the same as a command line with paths", () => {
    const odd = ["a b.md", "100%.md", "%41.md", "what?.md", "C#.md", "ä.md"];
    const names = [...odd, "part-2.md", "part-10.md"];
    const folders = ["", "v1.2/", "en/", "2024/05/", "old/", "x y/"];
    const paths = folders.flatMap((folder) => names.map((name) => folder + name));
    for (const root of ["file:///home/me", "file:///srv/v2.0/en/2024/05"]) {
      for (const a of paths) {
        for (const b of paths) {
          if (a === b) continue;
          const uris = [a, b].map((path) => path.split("/").reduce(joinPath, root));
          expect(pairOf(uris[0] ?? "", uris[1] ?? "")).toEqual(pairOf(a, b));
        }
      }
    }
  });
});

describe("the relation of two drafts", () => {
  test.each<[keyof DraftPair, string, string]>([
    ["isVariant", "docs/v1.2/install.md", "docs/v1.3/install.md"],
    ["isVariant", "docs/5.1/install.md", "docs/7.5/start.md"],
    ["isVariant", "docs/latest/install.md", "docs/install.md"],
    ["isVariant", "content/en/about.md", "content/zh-cn/about.md"],
    ["isVariant", "content/about.md", "content/de/about.md"],
    ["isVariant", "about.md", "about.fr.md"],
    ["isMirrored", "content/en/about.md", "content/de/about.md"],
    ["isMirrored", "cloud/admin/install.md", "server/admin/install.md"],
    ["isShared", "cloud/install.md", "server/install.md"],
    ["isShared", "cloud/install/index.md", "server/install/index.md"],
    ["isShared", "bridge.md", "old/bridge.md"],
    ["isShared", "bridge.md", "archive/quay.md"],
    ["isShared", "guide/install.md", "_includes/note.md"],
    ["isShared", "guide/install.md", "README.md"],
    ["isShared", "guide/deep/install.md", "CONTRIBUTING.md"],
    ["isShared", "toll/README.md", "toll/template.md"],
    ["isShared", "packages/toll/README.md", "packages/ferry/README.md"],
    ["isOtherVersion", "docs/5.1/install.md", "docs/7.5/start.md"],
    ["isSeries", "part-1.md", "part-2.md"],
    ["isSeries", "methods/page/Next.md", "methods/page/Prev.md"],
    ["isSeries", "page/NextInSection.md", "page/PrevInSection.md"],
    ["isSeries", "disable-logs.md", "enable-logs.md"],
    ["isSeries", "2024-05-01-rust-1.5.md", "2024-06-01-rust-1.6.md"],
    ["isSeries", "july-2016-roundup.md", "august-2016-roundup.md"],
    ["isSeries", "mobile-security-resources.md", "mobile-performance-resources.md"],
  ])("%s: %s and %s", (signal, a, b) => {
    expect(pairOf(a, b)[signal]).toBe(true);
    expect(pairOf(b, a)[signal]).toBe(true);
    expect(pairOf(a, b).isShared).toBe(true);
  });

  test.each([
    ["bridge-closed.md", "ferry-timetable.md"],
    ["open-letter.md", "last-letter.md"],
    ["setup.md", "startup.md"],
    ["first-steps.md", "next-steps.md"],
    ["2024/05/bridge.md", "2024/06/ferry.md"],
    ["2024-05-01-bridge.md", "2024-05-02-ferry.md"],
    ["news/bridge.md", "sport/race.md"],
    ["guide/README.md", "history/README.md"],
    ["guide/README.md", "history/north/bridge.md"],
    ["guide/index.md", "history/bridge.md"],
    ["packages/toll/bridge.md", "packages/ferry/README.md"],
    ["one.md", "two.md"],
    ["a.md", "b.md"],
    ["_posts/bridge.md", "_drafts/ferry.md"],
    ["d8284ca4f97c.md", "7d513c7ed151.md"],
  ])("names say nothing about %s and %s", (a, b) => {
    const { isLater, isDated, isKept, ...others } = pairOf(a, b);
    expect([isLater, isDated, isKept].map((one) => typeof one)).toEqual(Array(3).fill("boolean"));
    expect(Object.values(others)).not.toContain(true);
  });
});

/** The severity of what two drafts with these names share. */
function severitiesOf(
  texts: readonly [string, string],
  names: readonly [string, string] = ["a.md", "b.md"],
): (string | undefined)[] {
  const found = compared({ [names[0]]: texts[0], [names[1]]: texts[1] });
  return names.map((name) => {
    const findings = found(name);
    expect(findings.length).toBeLessThan(2);
    return findings[0]?.severity;
  });
}

/** Two drafts that share a passage, neither at its beginning nor at its end. */
function sharing(passage: string): readonly [string, string] {
  const [, , , one, two, three] = NEWS;
  return [
    `Of this.\n\n${one}\n\nThat.\n\n${passage}\n\nIt rained.\n\nNever.\n\nNo more.\n`,
    `${two}\n\n${passage}\n\nYes.\n\n${three}\n`,
  ];
}

/** The severity of a paragraph that two drafts with these names share. */
function severities(names: readonly [string, string]): (string | undefined)[] {
  return severitiesOf(sharing(NEWS.slice(0, 3).join(" ")), names);
}

test("a passage pasted into another draft is loud in the later one, and a hint in the other", () => {
  expect(severities(["bridge.md", "quay.md"])).toEqual(["hint", "information"]);
  expect(severities(["2024-05-02-bridge.md", "quay.md"])).toEqual(["hint", "information"]);
  // What two dated posts share is mostly quoted, or repeated on purpose.
  expect(severities(["2024-05-02-bridge.md", "2023-05-02-quay.md"])).toEqual(["hint", undefined]);
});

test("what a third draft has too is at most a hint, whatever its name says", () => {
  const passage = NEWS.slice(0, 3).join(" ");
  const [one, two] = sharing(passage);
  const drafts = { "bridge.md": one, "quay.md": two };
  const severitiesWith = (third: Record<string, string>): unknown[] => {
    const found = compared({ ...drafts, ...third });
    return Object.keys(drafts).map((name) => found(name).map(({ severity }) => severity));
  };
  expect(severitiesWith({})).toEqual([["hint"], ["information"]]);
  expect(severitiesWith({ "archive/ferry.md": `${passage}\n` })).toEqual([[], ["hint"]]);
});

test("entries of a reference are shared, and a section that one item of code is part of is not", () => {
  const items = NEWS.slice(0, 2).map((text) => `- \`toll\` ${text}`);
  expect(severitiesOf(sharing(items.join("\n")))).toEqual([undefined, undefined]);
  const entries = `## \`toll\`\n\n${NEWS[0]}\n\n${NEWS[1]}`;
  expect(severitiesOf(sharing(entries))).toEqual([undefined, undefined]);
  const section = [...NEWS.slice(0, 2), "- `toll` is what all of them pay."];
  expect(severitiesOf(sharing(section.join("\n\n")))).toEqual(["hint", "information"]);
});

test("READMEs of two folders are pages, and what the one above them says is theirs too", () => {
  expect(severities(["guide/README.md", "history/README.md"])).toEqual(["hint", "information"]);
  expect(severities(["README.md", "guide/install/bridge.md"])).toEqual([undefined, undefined]);
});

test("what two drafts share on purpose, by their names, is at most a hint in one of them", () => {
  for (const names of [
    ["v1/bridge.md", "v2/bridge.md"],
    ["bridge.md", "de/bridge.md"],
    ["part-1.md", "part-2.md"],
    ["quay/index.md", "includes/bridge.md"],
  ] as const) {
    const found = severities(names);
    expect(found, names.join(" ")).toContain(undefined);
    for (const severity of found) expect([undefined, "hint"], names.join(" ")).toContain(severity);
  }
});

test.each([
  ["> [!NOTE]\n> ", ""],
  [":::warning\n", "\n:::"],
  ["!!! note\n    ", ""],
  ["{{% note %}}\n", "\n{{% /note %}}"],
  ["<Note>\n\n", "\n\n</Note>"],
])("a callout that two drafts share is at most a hint: %j", (before, after) => {
  const shared = NEWS.slice(0, 3).join(" ");
  expect(severitiesOf(sharing(shared))).toEqual(["hint", "information"]);
  for (const severity of severitiesOf(sharing(`${before}${shared}${after}`))) {
    expect([undefined, "hint"]).toContain(severity);
  }
});

test("the beginning of a draft that is under its title in another is at most a hint", () => {
  const shared = NEWS.slice(0, 3).join(" ");
  const [, , , one, two, three] = NEWS;
  const title = "Closing the old bridge";
  const rest = `${two}\n\n${three}\n\nIt rained.\n\nNever.\n\nNo more.\n`;
  const overview = (heading: string): string =>
    `${one}\n\nYes.\n\nBut.\n\n## ${heading}\n\n${shared}\n\nIt is so.\n\nMaybe.\n`;
  for (const chapter of [
    `---\ntitle: ${title}\n---\n\n${shared}\n\n${rest}`,
    `---\ntitle: "${title}"\n---\n\n<Intro>\n\n${shared}\n\n</Intro>\n\n${rest}`,
    `# ${title}\n\n${shared}\n\n${rest}`,
  ]) {
    for (const heading of [title, `Closing the bridge`, `[${title}](b.md)`]) {
      for (const severity of severitiesOf([overview(heading), chapter])) {
        expect([undefined, "hint"]).toContain(severity);
      }
    }
    const severities = severitiesOf([overview("Ferries and boats"), chapter]);
    expect(severities).toEqual(["hint", "information"]);
  }
});

test("a shared beginning or end is doubtful, and a passage quoted in one of them is intended", () => {
  const shared = NEWS.slice(0, 4).join(" ");
  const [, , , , one, two] = NEWS;
  const middle = `${one}\n\nYes.\n\nNo.\n\n${shared}\n\nIt rained.\n\nNever.\n\nNo more.\n`;
  const alone = (passage: string): string => `${two}\n\n${passage}\n\nThat.\n\nGo on.\n`;
  expect(isMeant(middle, alone(shared))).toBe(false);
  const isDoubtful = (own: string, other: string): boolean =>
    factsOf(own, other)?.doubtful === true;
  expect(isDoubtful(middle, alone(shared))).toBe(false);
  expect(isDoubtful(`${shared}\n\n${one}\n`, `${shared}\n\n${two}\n`)).toBe(true);
  expect(isDoubtful(`${one}\n\n${shared}\n`, `${two}\n\n${shared}\n`)).toBe(true);
  expect(isMeant(middle, alone(`> ${shared}`))).toBe(true);
});

function isMeant(own: string, other: string): boolean {
  return factsOf(own, other)?.meant === true;
}

/** The facts about the only passage that two drafts share. */
function factsOf(own: string, other: string): Facts | undefined {
  const draft = draftOf(own);
  const otherDraft = draftOf(other);
  const later = getSequence(draft);
  const earlier = getSequence(otherDraft);
  const drafts = draftPair({ uri: "b.md", draft }, { uri: "a.md", draft: otherDraft });
  const found = candidates(findRepeats(later, earlier), later, earlier, 12, drafts);
  expect(found).toHaveLength(1);
  return found[0]?.facts;
}

const PARAGRAPH = fc
  .array(fc.constantFrom(...NEWS), { minLength: 1, maxLength: 3 })
  .map((all) => all.join(" "));
const TEXT = fc
  .tuple(
    fc.constantFrom("", "---\ndate: 2024-05-01\n---\n\n", "---\ndate: 2023-01-01\n---\n\n"),
    fc.array(PARAGRAPH, { minLength: 1, maxLength: 6 }),
  )
  .map(([front, all]) => `${front}${all.join("\n\n")}\n`);
const NAME = fc.oneof(
  fc.constantFrom("a.md", "b.md", "2024-01-01-c.md", "old/d.md", "part-1.md", "en/e.md"),
  // By their names they are copies, or what is left of a name is nothing.
  fc.constantFrom(
    ...["a-final.md", "a-v2.md", "b_copy.md", "b(2).md", "-final.md", "(1).md", ".md"],
  ),
);

test("for any drafts, a passage is loud only in the later one, and a whole draft in both", () => {
  fc.assert(
    fc.property(fc.dictionary(NAME, TEXT, { minKeys: 2, maxKeys: 5 }), (texts) => {
      const drafts = new Map(Object.entries(texts).map(([uri, one]) => [uri, draftOf(one)]));
      const index = new RepeatIndex(3);
      for (const [uri, draft] of drafts) index.add(uri, fingerprint(draft));
      const asked = new Set<string>();
      const read = (uri: string): Draft | undefined => {
        asked.add(uri);
        return drafts.get(uri);
      };
      const loud = new Set<string>();
      const wholes = new Set<string>();
      for (const uri of drafts.keys()) {
        asked.clear();
        const options = { minWords: 12, maxDrafts: 3 };
        const among = { uri, index, readDraft: read, getName: (one: string) => one };
        for (const report of repeatedElsewhere.check(among, options)) {
          if (report.severity === "hint") continue;
          const others = report.related?.map((other) => other.uri ?? "") ?? [];
          if (/(?:this draft is (?:also )?in|of \S+ is here)/.test(say(report.message))) {
            for (const other of others) wholes.add(`${uri}\n${other}`);
            continue;
          }
          expect(others.some((other) => pair(drafts, uri, other).isLater)).toBe(true);
          for (const other of others) {
            if (pair(drafts, uri, other).isLater) loud.add(`${uri}\n${other}`);
          }
        }
        // Which drafts to read is known beforehand.
        const known = new Set([uri, ...partnersToRead(uri, index, options)]);
        expect([...asked].filter((one) => !known.has(one))).toEqual([]);
      }
      const reversed = (one: string): string => one.split("\n").reverse().join("\n");
      for (const one of loud) expect(loud).not.toContain(reversed(one));
      // If a whole draft is in another, both get a loud finding, and nothing else they share is reported.
      for (const one of wholes) {
        expect(wholes).toContain(reversed(one));
        expect(loud).not.toContain(one);
      }
    }),
    runs(150),
  );
});

test("stored facts about two drafts change nothing, whatever is asked first", () => {
  const options = fc.record({
    minWords: fc.constantFrom(12, 20, 40),
    sensitivity: fc.constantFrom("quiet" as const, "normal" as const, "eager" as const),
  });
  fc.assert(
    fc.property(
      fc.dictionary(NAME, TEXT, { minKeys: 2, maxKeys: 5 }),
      fc.array(fc.tuple(NAME, fc.option(TEXT), options), { minLength: 3, maxLength: 12 }),
      (texts, asked) => {
        const drafts = new Map(Object.entries(texts).map(([uri, one]) => [uri, draftOf(one)]));
        for (const [uri, changed, { minWords, sensitivity }] of asked) {
          if (changed !== null) drafts.set(uri, draftOf(changed));
          const index = new RepeatIndex(3);
          for (const [one, draft] of drafts) index.add(one, fingerprint(draft));
          const found = (read: (one: string) => Draft | undefined): readonly Report[] =>
            repeatedElsewhere.check(
              { uri, index, readDraft: read, getName: (one) => one, sensitivity },
              { minWords, maxDrafts: 3 },
            );
          const afresh = new Map([...drafts].map(([one, { text }]) => [one, draftOf(text)]));
          expect(found((one) => drafts.get(one))).toEqual(found((one) => afresh.get(one)));
        }
      },
    ),
    runs(100),
  );
});

function pair(drafts: ReadonlyMap<string, Draft>, a: string, b: string): DraftPair {
  const draft = (uri: string): Draft => drafts.get(uri) ?? draftOf("");
  return draftPair({ uri: a, draft: draft(a) }, { uri: b, draft: draft(b) });
}
