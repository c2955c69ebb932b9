import fc from "fast-check";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runIn } from "../support/command.ts";
import { type Folder, newFolder } from "../support/folder.ts";
import { runs } from "../support/property.ts";
import { newRepository } from "../support/repository.ts";
import { folderOfDrafts, saidByCommand, saidByServer } from "../support/surfaces.ts";
import { LONG_BRIDGE } from "../support/passages.ts";

/*
 * A baseline of all findings silences them and nothing else, for both surfaces, and --changed reports the same as a
 * baseline of the merge base.
 */

const FILE = ".galley-baseline.json";

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly { readonly partialFingerprints: Readonly<Record<string, string>> }[];
  }[];
}

/** The fingerprints of the findings reported in a folder, including hints, in the report's order. */
async function fingerprintsIn(folder: string, ...more: readonly string[]): Promise<string[]> {
  const { out } = await runIn(folder, "check", "--hints", "--format", "sarif", ...more);
  const [run] = (JSON.parse(out) as Sarif).runs;
  return (run?.results ?? []).map((one) => one.partialFingerprints["galley/v1"] ?? "");
}

function entriesOf(folder: Folder, name: string): readonly string[] {
  const text = readFileSync(path.join(folder.path, name), "utf8");
  return (JSON.parse(text) as { readonly findings: string[] }).findings;
}

/** Whether a draft's baseline has a finding: its fingerprint says how many of its kind precede it. */
function isListed(entries: readonly string[], draft: string, fingerprint: string): boolean {
  const [rule, digest, ordinal] = fingerprint.split("/");
  const start = `${draft} ${rule}/${digest}/`;
  return entries.some(
    (entry) => entry.startsWith(start) && Number(entry.slice(start.length)) >= Number(ordinal),
  );
}

/** How many findings the first list has that the second has not. */
function countMore(list: readonly string[], than: readonly string[]): number {
  const counts = (entries: readonly string[]): Map<string, number> =>
    new Map(
      entries.map((one) => [one.slice(0, one.lastIndexOf("/")), Number(one.split("/").at(-1))]),
    );
  const known = counts(than);
  return [...counts(list)].reduce(
    (sum, [what, count]) => sum + Math.max(0, count - (known.get(what) ?? 0)),
    0,
  );
}

function rewrite(folder: Folder, names: readonly string[], files: Files): void {
  for (const name of names) rmSync(path.join(folder.path, name), { force: true });
  for (const [name, text] of Object.entries(files)) folder.write(name, text);
}

type Files = Readonly<Record<string, string>>;

test("whatever changes, exactly those findings are reported that the draft's nearest baseline lacks", async () => {
  let silenced = 0;
  let told = 0;
  const law = fc.asyncProperty(
    folderOfDrafts,
    folderOfDrafts,
    fc.subarray(["in", "in/deep", "other"]),
    fc.constantFrom("hide" as const, "hint" as const),
    async (first, after, nested, mode) => {
      const folder = newFolder(first);
      try {
        const baselines = new Map<string, readonly string[]>();
        for (const below of [...nested.reverse(), ""]) {
          const name = path.posix.join(below, FILE);
          folder.write(name, '{"version": 2, "findings": []}');
          const cwd = path.join(folder.path, below);
          const { code } = await runIn(cwd, "baseline");
          // If the settings have a mistake, or nothing is a draft, the file is not changed.
          if (code === 0) await runIn(cwd, "baseline", "--update");
          baselines.set(below, entriesOf(folder, name));
        }
        for (const [name, text] of Object.entries(after)) folder.write(name, text);
        const all = await saidByCommand(folder.path, "--no-baseline");
        const prints = (await fingerprintsIn(folder.path, "--no-baseline"))[Symbol.iterator]();
        const wanted: Record<string, readonly string[]> = {};
        const hinted: Record<string, readonly string[]> = {};
        for (const [name, lines] of Object.entries(all.drafts)) {
          const below = [...baselines.keys()]
            .filter((one) => one === "" || name.startsWith(`${one}/`))
            .reduce((one, other) => (one.length > other.length ? one : other));
          const known = lines.map(() =>
            isListed(
              baselines.get(below) ?? [],
              path.posix.relative(below, name),
              prints.next().value ?? "",
            ),
          );
          wanted[name] = lines.filter((_, index) => known[index] !== true);
          hinted[name] = lines.map((line, index) =>
            known[index] === true ? line.replace(/^(\S+) \w+/, "$1 hint") : line,
          );
          silenced += known.filter(Boolean).length;
          told += wanted[name].length;
        }
        const command = await saidByCommand(folder.path);
        expect(command.drafts).toEqual(wanted);
        const server = await saidByServer(folder.path, folder.uri, { baseline: mode });
        expect(server.drafts).toEqual(mode === "hide" ? wanted : hinted);
        const again = await runIn(folder.path, "baseline");
        const [before = [], now] = [baselines.get(""), entriesOf(folder, FILE)];
        const changes = `${countMore(now, before)} new, ${countMore(before, now)} gone.`;
        if (again.code === 0) expect(again.out).toContain(`: ${changes}`);
      } finally {
        folder.dispose();
      }
    },
  );
  await fc.assert(law, runs(25));
  expect(silenced).toBeGreaterThan(20);
  expect(told).toBeGreaterThan(20);
});

const MISTAKES = [
  "The stalls open at the the market square at nine.",
  "According to , the budget was approved on Monday.",
  "The barges pass under the the bridge at noon.",
  "The council voted [with a long delay and went home.",
  "See [](https://example.org/) for the plan of the harbour.",
];

/** A paragraph in no language, without a word that occurs twice or in another number's paragraph. */
function clean(number: number): string {
  const words = Array.from({ length: 9 }, (_, at) => {
    const digits = (number * 9 + at).toString(16).split("");
    return digits.map((digit) => SYLLABLES[parseInt(digit, 16)] ?? "").join("");
  });
  return `${words.join(" ")}.`;
}

const SYLLABLES = "ba ko ri tu ze lo pi na su ge mo fa ti du ve ho".split(" ");

/** A sentence of its own, and what stands for one in a text until it is written. */
const CLEAN = "Ⓒ.";

/** Mistakes among other sentences of a paragraph. */
const BESIDE = [
  `${CLEAN} The gulls had left the the quay at dawn. ${CLEAN} ${CLEAN}`,
  `${CLEAN} ${CLEAN} The crew was paid [with a long delay and went home.`,
  `${CLEAN} The clerk read from from the ledger. ${CLEAN} The ferry left for for the island.`,
];

/** A draft as a row of paragraphs, each mistake after a clean one. */
const paragraphs = fc.array(fc.constantFrom(...MISTAKES, ...BESIDE), { maxLength: 8 });
const folderOfParagraphs = fc.array(
  fc.record({ mistakes: paragraphs, shares: fc.boolean(), name: fc.nat({ max: 5 }) }),
  { minLength: 1, maxLength: 5 },
);

test("edits elsewhere, even in the paragraph, moves and renames report nothing; a new mistake is reported once", async () => {
  let silenced = 0;
  const law = fc.asyncProperty(
    folderOfParagraphs,
    fc.infiniteStream(fc.nat({ max: 99 })),
    fc.boolean(),
    async (drafts, chance, isAdded) => {
      let number = 0;
      const numbers: Iterator<number, undefined> = chance;
      const next = (): number => numbers.next().value ?? 0;
      const written = (text: string): string =>
        text.replaceAll(CLEAN, () => clean(number++).replace(/^./, (first) => first.toUpperCase()));
      const units = drafts.map(({ mistakes, shares }) =>
        [...mistakes, ...(shares ? [LONG_BRIDGE] : [])].map(
          (text) => `${clean(number++)}\n\n${text}\n`,
        ),
      );
      const nameOf = (index: number): string =>
        `${"in/".repeat(drafts[index]?.name ?? 0)}${index}.md`;
      const folder = newFolder(
        Object.fromEntries(units.map((each, index) => [nameOf(index), written(each.join("\n"))])),
      );
      try {
        expect((await runIn(folder.path, "baseline")).code).toBe(0);
        const known = entriesOf(folder, FILE);
        silenced += known.length;
        rewrite(
          folder,
          units.map((_, index) => nameOf(index)),
          {},
        );
        // Moved within the draft, with clean paragraphs added and edited; under other names.
        const moved = units.map((each) =>
          each
            .map((text) => ({ text, rank: next() }))
            .sort((a, b) => a.rank - b.rank)
            .flatMap(({ text, rank }) => [
              ...(rank % 3 === 0 ? [`${clean(number++)}\n`] : []),
              ...[rank % 2 === 0 ? text : `zuzu ${text}`].map((one) =>
                rank % 5 === 0 ? one.replace(/(\S+ \S+ \S+) /g, "$1\n") : one,
              ),
            ]),
        );
        const where = moved.map((_, index) => `to/${(index * 7 + next()) % 50}-${index}.md`);
        const added = "Nobody had told the the gardener about the frost.\n";
        const last = moved.length - 1;
        moved.forEach((each, index) => {
          const all = isAdded && index === last ? [added, ...each] : each;
          folder.write(where[index] ?? "", written(all.join("\n")));
        });
        const command = await saidByCommand(folder.path);
        const server = await saidByServer(folder.path, folder.uri, { baseline: "hide" });
        expect(server.drafts).toEqual(command.drafts);
        const prints = await fingerprintsIn(folder.path);
        expect(prints.filter((print) => known.some((one) => one.endsWith(` ${print}`)))).toEqual(
          [],
        );
        // Whether a shared passage is reported at all depends on its surroundings.
        const told = Object.values(command.drafts)
          .flat()
          .filter((line) => !/^\S+ (?:hint|\w+ repeated-elsewhere)/.test(line));
        expect(told).toEqual(isAdded ? [expect.stringContaining("repeated-word")] : []);
      } finally {
        folder.dispose();
      }
    },
  );
  await fc.assert(law, runs(25));
  expect(silenced).toBeGreaterThan(40);
});

/** Mistakes that are found whatever else a draft has, by rule. */
const SLIPS = new Map([
  ["The stalls open at the the market square at nine.", "repeated-word"],
  ["The barges pass under the the bridge at noon.", "repeated-word"],
  ["The council voted [with a long delay and went home.", "unclosed-bracket"],
]);
const slips = fc.array(fc.constantFrom(...SLIPS.keys()), { maxLength: 6 });

/** A draft before, undefined if it is new, and now. */
interface History {
  readonly before: { readonly name: string; readonly mistakes: readonly string[] } | undefined;
  readonly name: string;
  readonly mistakes: readonly string[];
}

/** What happens to a draft: it is written, edited, renamed, or loses passages. */
const change = fc.record({
  isRenamed: fc.boolean(),
  pasted: fc.array(fc.constantFrom(...SLIPS.keys()), { maxLength: 2 }),
  lost: fc.nat({ max: 2 }),
  turn: fc.nat({ max: 3 }),
});

const histories = fc
  .tuple(
    fc.array(fc.record({ mistakes: slips, change }), { maxLength: 3 }),
    fc.array(slips, { maxLength: 2 }),
  )
  .map(([old, added]): readonly History[] => [
    ...old.map(({ mistakes, change: { isRenamed, pasted, lost, turn } }, at) => {
      // A draft is recognised by a passage of its own, which renaming leaves in it.
      const own = `It was told to to the reader of draft number ${at + 1}.`;
      const left = mistakes.slice(isRenamed ? 0 : lost);
      const turned = [...left.slice(turn), ...pasted, ...left.slice(0, turn), own];
      const name = isRenamed ? `to/${(at * 5) % 7}.md` : `${at}.md`;
      return { before: { name: `${at}.md`, mistakes: [...mistakes, own] }, name, mistakes: turned };
    }),
    ...added.map((mistakes, at) => ({ before: undefined, name: `new/${at}.md`, mistakes })),
  ]);

test("a finding is reported exactly if its draft, or the one it was renamed from, had fewer of them", async () => {
  const counts = { fresh: 0, known: 0, renamed: 0 };
  const law = fc.asyncProperty(histories, async (all) => {
    let number = 0;
    const textOf = (mistakes: readonly string[]): string =>
      mistakes.map((text) => `${clean(number++)}\n\n${text}\n`).join("\n");
    const config =
      '{"rules": {"repeated-block": "off", "repeated-elsewhere": "off", "orphaned-fragment": "off"}}';
    const old = all.flatMap(({ before }) => (before === undefined ? [] : [before]));
    const files = Object.fromEntries(old.map((one) => [one.name, textOf(one.mistakes)]));
    const folder = newFolder({ "keep.md": clean(999), ".galley.json": config, ...files });
    try {
      newRepository({}, folder.path).commit();
      expect((await runIn(folder.path, "baseline")).code).toBe(0);
      rewrite(folder, Object.keys(files), {});
      for (const { name, mistakes } of all) folder.write(name, textOf(mistakes));
      const baselined = await saidByCommand(folder.path);
      for (const { name, before, mistakes } of all) {
        const more = [...SLIPS].flatMap(([mistake, rule]) => {
          const count = (its: readonly string[] = []): number =>
            its.filter((one) => one === mistake).length;
          const fresh = Math.max(0, count(mistakes) - count(before?.mistakes));
          counts.fresh += fresh;
          counts.known += count(mistakes) - fresh;
          return Array.from({ length: fresh }, () => `${rule}:`);
        });
        counts.renamed += Number(before !== undefined && before.name !== name);
        const told = (baselined.drafts[name] ?? []).map((line) => line.split(" ")[2]);
        expect(told.sort(), name).toEqual(more.sort());
        // Linted alone, a draft has the same findings as among all.
        const alone = await saidByCommand(folder.path, name);
        expect(alone.drafts[name]).toEqual(baselined.drafts[name]);
        const changed = ["--no-baseline", "--changed=main"];
        const since = await saidByCommand(folder.path, name, ...changed);
        expect(since.drafts[name]).toEqual(baselined.drafts[name]);
      }
      const since = await saidByCommand(folder.path, "--no-baseline", "--changed=main");
      expect(since.drafts).toEqual(baselined.drafts);
      const server = await saidByServer(folder.path, folder.uri, { baseline: "hide" });
      expect(server.drafts).toEqual(baselined.drafts);
      // With the current names of the drafts it reports the same.
      await runIn(folder.path, "baseline", "--update");
      expect(await saidByCommand(folder.path)).toEqual({ ...baselined, configs: [] });
    } finally {
      folder.dispose();
    }
  });
  await fc.assert(law, runs(12));
  expect(Math.min(counts.fresh, counts.known, counts.renamed)).toBeGreaterThan(5);
});
