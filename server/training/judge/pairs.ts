import type { Draft } from "../../src/draft/draft.ts";
import { getFormat, formatForExtension, isNotProse } from "../../src/formats/registry.ts";
import type { Candidate, Facts } from "../../src/repeats/facts.ts";
import { fingerprint } from "../../src/repeats/fingerprints.ts";
import { RepeatIndex } from "../../src/repeats/index.ts";
import { candidates } from "../../src/repeats/judge.ts";
import { toPassage } from "../../src/repeats/passage.ts";
import { draftPair } from "../../src/repeats/pair-of-drafts.ts";
import { findRepeats } from "../../src/repeats/repeats.ts";
import { getSequence, type Sequence } from "../../src/repeats/sequence.ts";
import type { Span } from "../../src/text/span.ts";
import { readLines } from "../corpus.ts";
import { randomFrom, type Random } from "../random.ts";
import { edited, joined, paste, repeatsItself, type Article, type Pasted } from "./pasting.ts";

/** Where a pair is from: a raw site, a single file of one, a history, or a paste of ours. */
export type Source = "sites" | "history" | "alone" | "in articles" | "in sites";

/** Two passages with their measured facts, and whether the second is an accident. */
export interface Pair {
  readonly kind: "within" | "elsewhere";
  readonly source: Source;
  /** The repository, by which the pairs are split for validation. */
  readonly group: string;
  readonly accident: boolean;
  /** The share of words that were edited in a paste. */
  readonly rate?: number;
  /** The repeat that it is about: pairs about the same repeat have the same name. */
  readonly about: string;
  /** A reader has labelled it. */
  readonly labelled: boolean;
  /** A third draft has it too, so it is a hint at most. */
  readonly common: boolean;
  readonly facts: Facts;
}

export type Missed = Omit<Pair, "facts" | "common">;

/** What the corpus has, whether or not it became a pair, for computing shares. */
export interface Pairs {
  readonly pairs: readonly Pair[];
  /** Repeats for which the engine found no pair. */
  readonly missed: readonly Missed[];
  /** How many words the sites and the articles have. */
  readonly words: Readonly<Record<string, number>>;
}

export const MIN_WORDS = 12;

interface Site {
  readonly repo: string;
  readonly path: string;
  readonly text: string;
}

interface Labelled {
  readonly id: string;
  readonly repo: string;
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly otherPath: string;
  readonly otherStart: number;
  readonly otherEnd: number;
  readonly label: "accident" | "deliberate" | "unsure";
  readonly whole?: boolean;
}

interface History {
  readonly id: string;
  readonly repo: string;
  readonly path: string;
  readonly before: string;
  readonly removed: readonly [number, number];
  readonly other: readonly [number, number];
  readonly label: "accident" | "deliberate";
}

/** Of the sites, one file in this many is also pasted into; of the articles, one in this many is compared. */
const EVERY_SITE = 3;

/** All pairs of a corpus folder, in the order of its files. */
export function pairsOf(folder: string, log: (text: string) => void, every = 1): Pairs {
  // Long, as its functions add to the same pairs.
  const pairs: Pair[] = [];
  const missed: Missed[] = [];
  const words: Record<string, number> = { sites: 0, articles: 0 };
  const add = (what: Missed, found: readonly Placed[]): void => {
    for (const { facts, common } of found) pairs.push({ ...what, common, facts });
    if (found.length === 0) missed.push(what);
  };
  const repeats = readLines<Labelled>(folder, "D5_repeats.dev");
  for (const name of ["D5_sites.dev", "D5_extra.dev"]) {
    const byRepo = byRepository(readLines<Site>(folder, name));
    for (const [repo, files] of byRepo) {
      addSites(repo, files, name === "D5_sites.dev");
      log(`${name}: ${repo}, ${pairs.length} pairs`);
    }
  }
  for (const one of readLines<History>(folder, "D5_history.dev")) {
    const draft = draftOf(one.path, one.before);
    if (draft === undefined) continue;
    const [a, b] = [spanOf(one.removed), spanOf(one.other)];
    const found = within(draft).filter((pair) => isAbout(pair, a, b) || isAbout(pair, b, a));
    const accident = one.label === "accident";
    add({ ...HISTORY, group: one.repo, accident, about: one.id, labelled: true }, found);
  }
  addArticles(folder, every);
  log(`articles: ${pairs.length} pairs`);
  return { pairs, missed, words };

  function addSites(repo: string, files: readonly Site[], isWhole: boolean): void {
    const drafts = new Map<string, Draft>();
    for (const { path, text } of files) {
      const draft = draftOf(path, text);
      if (draft !== undefined) drafts.set(path, draft);
    }
    const labels = repeats.filter((one) => one.repo === repo && drafts.has(one.path));
    const common = { source: "sites", group: repo } as const;
    const seen = new Map<Labelled, number>();
    const label = (kind: Pair["kind"], pair: Placed, path: string, otherPath: string): void => {
      const about = labels.find(
        (one) =>
          (one.path === path &&
            one.otherPath === otherPath &&
            isAbout(pair, spanOf([one.start, one.end]), spanOf([one.otherStart, one.otherEnd]))) ||
          (one.path === otherPath &&
            one.otherPath === path &&
            isAbout(pair, spanOf([one.otherStart, one.otherEnd]), spanOf([one.start, one.end]))),
      );
      if (about !== undefined) seen.set(about, (seen.get(about) ?? 0) + 1);
      // In a file that was picked for its accidents, an unlabelled repeat may be one too.
      if (about?.label === "unsure" || (about === undefined && !isWhole)) return;
      const accident = about?.label === "accident";
      const name = about?.id ?? `${path} ${pair.here.start} ${otherPath}`;
      add({ ...common, kind, accident, about: name, labelled: about !== undefined }, [pair]);
    };
    let number = 0;
    for (const [path, draft] of drafts) {
      if (isWhole) words["sites"] = (words["sites"] ?? 0) + getSequence(draft).words.length;
      for (const pair of within(draft)) label("within", pair, path, path);
      if (isWhole && number++ % EVERY_SITE === 0) addPastesInSite(repo, path, draft);
    }
    if (isWhole) {
      const index = new RepeatIndex(3);
      for (const [path, draft] of drafts) index.add(path, fingerprint(draft));
      for (const path of drafts.keys()) {
        for (const [other, found] of elsewhere(path, index, drafts)) {
          for (const pair of found) label("elsewhere", pair, path, other);
        }
      }
    }
    for (const one of labels) {
      if (seen.has(one) || one.label === "unsure" || one.whole === true) continue;
      const kind = one.path === one.otherPath ? "within" : "elsewhere";
      const accident = one.label === "accident";
      missed.push({ ...common, kind, accident, about: one.id, labelled: true });
    }
  }

  /** Pastes one or more paragraphs of a raw file right after the original. */
  function addPastesInSite(repo: string, path: string, draft: Draft): void {
    const random = randomOf(`${repo} ${path}`);
    const blocks = draft.blocks.flatMap((block, index) =>
      block.kind === "paragraph" &&
      block.listDepth === 0 &&
      block.quoteDepth === 0 &&
      block.prose.text.split(/\s+/).length >= MIN_WORDS
        ? [index]
        : [],
    );
    const at = blocks[Math.floor(random() * blocks.length)];
    if (at === undefined) return;
    let last = at;
    while (random() < 0.4 && draft.blocks[last + 1]?.kind === "paragraph") last++;
    const start = draft.starts[at] ?? 0;
    const end = (draft.starts[last] ?? 0) + (draft.blocks[last]?.source.length ?? 0);
    const original = draft.text.slice(start, end).trimEnd();
    const rate = [0, 0, 0.05, 0.15][Math.floor(random() * 4)] ?? 0;
    const copy = rate === 0 ? original : edited(original, rate, original.split(/\s+/), random);
    const head = draft.text.slice(0, start + original.length);
    const text = `${head}\n\n${copy}${draft.text.slice(start + original.length)}`;
    const made = draftOf(path, text);
    if (made === undefined) return;
    const there = { start, end: start + original.length };
    const here = { start: there.end + 2, end: there.end + 2 + copy.length };
    const found = within(made).filter((pair) => isAbout(pair, here, there));
    const what = { ...PASTED_IN_SITES, group: repo, rate, about: path } as const;
    if (found.length > 0) add(what, found);
  }

  function addArticles(from: string, step: number): void {
    // Long, as each way to paste an article is tried on the same drafts.
    const list = readLines<Article>(from, "D1_links").filter((_, at) => at % step === 0);
    const texts = new Map<Article, Draft>();
    for (const article of list) {
      const random = randomOf(article.id);
      const group = article.repo;
      const draft = getFormat("markdown").parse(joined(article.paragraphs).text);
      texts.set(article, draft);
      words["articles"] = (words["articles"] ?? 0) + getSequence(draft).words.length;
      const isClean = !repeatsItself(article);
      for (const pair of within(draft)) {
        // An article's own exact repeats may be accidents.
        if (pair.facts.changed === 0) continue;
        const about = `${article.id} ${pair.here.start}`;
        add({ ...ALONE, kind: "within", group, about }, [pair]);
      }
      if (!isClean) continue;
      for (const rate of [0, 0.05, 0.15]) {
        for (const place of ["next", "further"] as const) {
          const pasted = paste(article, rate, place, random);
          if (pasted === undefined) continue;
          const made = within(getFormat("markdown").parse(pasted.text));
          const found = made.filter((pair) => covers(pair, pasted));
          const about = `${article.id} ${rate} ${place}`;
          add({ ...IN_ARTICLES, kind: "within", group, rate, about }, found);
        }
      }
    }
    // Three paragraphs in a row in another article.
    list.forEach((article, at) => {
      const random = randomOf(`${article.id} elsewhere`);
      const target = list[(at + 1 + Math.floor(random() * (list.length - 1))) % list.length];
      if (target === undefined || target === article || article.paragraphs.length < 3) return;
      const first = Math.floor(random() * (article.paragraphs.length - 2));
      const run = article.paragraphs.slice(first, first + 3);
      if (!run.some(({ text, kind }) => kind !== "heading" && text.split(/\s+/).length >= 12))
        return;
      const rate = random() < 0.5 ? 0 : 0.05;
      const others = article.paragraphs.flatMap(({ text }) => text.split(/\s+/));
      const copy = run.map((one) =>
        rate === 0 ? one : { ...one, links: [], text: edited(one.text, rate, others, random) },
      );
      const place = Math.floor(random() * (target.paragraphs.length + 1));
      const { text } = joined([
        ...target.paragraphs.slice(0, place),
        ...copy,
        ...target.paragraphs.slice(place),
      ]);
      const original = texts.get(article);
      const made = getFormat("markdown").parse(text);
      if (original === undefined) return;
      const found = between(made, original, target.path, article.path);
      const what = { ...IN_ARTICLES, kind: "elsewhere", group: article.repo, rate } as const;
      add({ ...what, about: `${article.id} elsewhere` }, found);
    });
    // Articles compared with each other.
    const byRepo = byRepository(list);
    for (const [repo, articles] of byRepo) {
      const drafts = new Map<string, Draft>();
      for (const article of articles) {
        const draft = texts.get(article);
        if (draft !== undefined) drafts.set(article.path, draft);
      }
      const index = new RepeatIndex(3);
      for (const [path, draft] of drafts) index.add(path, fingerprint(draft));
      for (const path of drafts.keys()) {
        for (const [other, found] of elsewhere(path, index, drafts)) {
          const about = `${path} ${other}`;
          if (found.length > 0) add({ ...ALONE, kind: "elsewhere", group: repo, about }, found);
        }
      }
    }
  }
}

const HISTORY = { kind: "within", source: "history" } as const;
const ALONE = { source: "alone", accident: false, labelled: false } as const;
const IN_ARTICLES = { source: "in articles", accident: true, labelled: false } as const;
const PASTED_IN_SITES = {
  kind: "within",
  source: "in sites",
  accident: true,
  labelled: false,
} as const;

/** A pair with its offsets, in UTF-16 units. */
export interface Placed extends Candidate {
  readonly here: Span;
  readonly there: Span;
  readonly common: boolean;
}

function within(draft: Draft): Placed[] {
  const sequence = getSequence(draft);
  return placed(
    candidates(findRepeats(sequence, sequence), sequence, sequence, MIN_WORDS),
    sequence,
    sequence,
  );
}

function placed(found: readonly Candidate[], later: Sequence, earlier: Sequence): Placed[] {
  // For short sentences the odds don't decide.
  const long = found.filter(({ facts }) => facts.matched >= MIN_WORDS || facts.changed > 0);
  return long.map((one) => ({
    ...one,
    common: false,
    here: toPassage(later, one.repeat.aStart, one.repeat.aEnd),
    there: toPassage(earlier, one.repeat.bStart, one.repeat.bEnd),
  }));
}

function between(draft: Draft, other: Draft, uri: string, otherUri: string): Placed[] {
  const later = getSequence(draft);
  const earlier = getSequence(other);
  const repeats = findRepeats(later, earlier);
  const drafts = draftPair({ uri, draft }, { uri: otherUri, draft: other });
  return placed(candidates(repeats, later, earlier, MIN_WORDS, drafts), later, earlier);
}

/** What a draft shares with drafts earlier in the order of names, as the rule finds it. */
function elsewhere(
  path: string,
  index: RepeatIndex,
  drafts: ReadonlyMap<string, Draft>,
): [string, Placed[]][] {
  const draft = drafts.get(path);
  if (draft === undefined || index.getCopies(path).length > 0) return [];
  return index.findPartners(path, 3).flatMap(({ uri }): [string, Placed[]][] => {
    const other = drafts.get(uri);
    if (other === undefined || uri > path) return [];
    const found = between(draft, other, path, uri);
    const matched = found.reduce((sum, { repeat }) => sum + repeat.matched, 0);
    const shorter = Math.min(getSequence(draft).words.length, getSequence(other).words.length);
    if (matched >= 0.9 * shorter) return [];
    const isIn = ({ repeat }: Placed, most: number): boolean =>
      index.isBoilerplate(path, repeat.aStart, repeat.aEnd, most);
    const own = found.filter((one) => !isIn(one, 3));
    return [[uri, own.map((one) => ({ ...one, common: isIn(one, 2) }))]];
  });
}

function byRepository<T extends { readonly repo: string }>(list: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(one.repo);
    if (group === undefined) groups.set(one.repo, [one]);
    else group.push(one);
  }
  return groups;
}

function draftOf(path: string, text: string): Draft | undefined {
  const id = formatForExtension(/\.([^./]+)$/.exec(path)?.[1] ?? "");
  if (id === undefined || id === "html" || isNotProse(id, text, path)) return undefined;
  return getFormat(id).parse(text);
}

function spanOf([start, end]: readonly [number, number]): Span {
  return { start, end };
}

function isAbout(pair: Placed, here: Span, there: Span): boolean {
  return hits(pair.here, here) && hits(pair.there, there);
}

/** Half of the shorter one is shared. */
function hits(a: Span, b: Span): boolean {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared > 0 && shared >= 0.5 * Math.min(a.end - a.start, b.end - b.start);
}

function covers(pair: Placed, { copy, original }: Pasted): boolean {
  const most = (found: Span, wanted: Span): boolean =>
    Math.min(found.end, wanted.end) - Math.max(found.start, wanted.start) >=
    0.5 * (wanted.end - wanted.start);
  return most(pair.here, copy) && most(pair.there, original);
}

function randomOf(name: string): Random {
  let seed = 7;
  for (const letter of name) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) | 0;
  return randomFrom(seed);
}
