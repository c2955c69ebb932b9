import type { Draft } from "../draft/draft.ts";
import { isLanguage } from "../language/declared.ts";
import { compareDates, dateInPath, declaredDate, type DraftDate } from "./draft-date.ts";
import { blockOfWord, type Row } from "./row.ts";
import { mainBlocks } from "./title.ts";

/** A draft and its URI or path. */
export interface NamedDraft {
  readonly uri: string;
  readonly draft: Draft;
}

/** What names and front matter say about two drafts. Each signal is the same in either order, except `isLater`. */
export interface DraftPair {
  /** The first of the two was written later: its date says so, or else its path. */
  readonly isLater: boolean;
  /** Their folders or names say that they are for different versions or languages. */
  readonly isVariant: boolean;
  /** Their folders are for different versions, or keep a page under one name: most such pages are equal. */
  readonly isOtherVersion: boolean;
  /** Parts of one series, or pages whose names share most of their words. */
  readonly isSeries: boolean;
  /**
   * They share passages on purpose: variants, a series, one name in two folders (the same page for another product, or
   * a draft and its published version), only one is a part that others include or was set aside, one is the
   * README of the folder that contains the other, or both are READMEs of packages.
   */
  readonly isShared: boolean;
  /** One has the name of the other and the mark of a copy or of a later version. */
  readonly isFileCopy: boolean;
  /** By their names, one was copied to the other on purpose: both are kept, or one is where the other is written. */
  readonly isKept: boolean;
  /** They are the same page of two versions, languages or products, judging by the folders that differ. */
  readonly isMirrored: boolean;
  /** One is the page of the folder that contains the other. */
  readonly isOverview: boolean;
  /** Both have dates, which say which is later. */
  readonly isDated: boolean;
  /** The names of their pages. */
  readonly pages: readonly string[];
}

/** The signals of two drafts, from the first one's view. Pure: file times and the order of reading play no part. */
export function draftPair(one: NamedDraft, other: NamedDraft): DraftPair {
  const a = toPath(one.uri);
  const b = toPath(other.uri);
  const paths = apart(a, b);
  const byDate = compareByDate(getDate(one.draft, paths.a), getDate(other.draft, paths.b));
  const isVariant =
    versions(paths.a) !== versions(paths.b) || languages(paths.a) !== languages(paths.b);
  const isSeries = areInSeries(one.uri, other.uri);
  const isForOne = (pattern: RegExp): boolean =>
    holdsSegment(paths.a, pattern) !== holdsSegment(paths.b, pattern);
  const pages = [pageName(a), pageName(b)].sort();
  const isTemplate = TEMPLATE.test(pages[0] ?? "") !== TEMPLATE.test(pages[1] ?? "");
  const isAside = isTemplate || isForOne(PARTIAL) || isForOne(ARCHIVE);
  const isWritten = isForOne(WRITTEN);
  const isMirrored = (isVariant || areMirrored(paths)) && !isAside && !isWritten;
  const isFileCopy = isNamedAsCopy(pages);
  const isIntroduction = isIntroduced(paths);
  return {
    pages,
    isFileCopy,
    isLater: (byDate === 0 ? comparePaths(a, b) : byDate) > 0,
    isDated: byDate !== 0,
    isVariant,
    isOtherVersion: areVersions(paths) || (areNamesakes(paths) && !isWritten && !isMirrored),
    isSeries,
    isShared:
      isVariant ||
      isSeries ||
      areNamesakes(paths) ||
      isAside ||
      isIntroduction ||
      (PACKAGE.test(a) && PACKAGE.test(b)),
    isKept:
      isVariant ||
      nameWithoutFigures(pages[0]) === nameWithoutFigures(pages[1]) ||
      isAside ||
      isWritten ||
      isIntroduction ||
      areNotices(paths) ||
      (isSeries && !isFileCopy),
    isOverview:
      Math.min(paths.a.length, paths.b.length) === 1 &&
      Math.max(paths.a.length, paths.b.length) <= 2 &&
      isFolders(paths.a.at(-1) ?? "") !== isFolders(paths.b.at(-1) ?? ""),
    isMirrored,
  };
}

/** Whether a passage is among the first paragraphs of a draft. */
export function opensDraft(row: Row, start: number, end: number): boolean {
  const above = proseBetween(row, 0, blockOfWord(row, start));
  return above === 0 || (above < FIRST_PARAGRAPHS && end <= OUTER_SHARE * row.words.length);
}

/** Whether a passage is among the last paragraphs of a draft. */
export function closesDraft(row: Row, start: number, end: number): boolean {
  const blocks = row.first.length - 1;
  const below = proseBetween(row, blockOfWord(row, end - 1) + 1, blocks);
  const words = row.words.length;
  return below === 0 || (below < LAST_PARAGRAPHS && words - start <= OUTER_SHARE * words);
}

/** A passage with fewer paragraphs before it is among the first, if the draft is long enough to have others. */
const FIRST_PARAGRAPHS = 3;
const LAST_PARAGRAPHS = 2;
const OUTER_SHARE = 0.25;

/** How many paragraphs are from one block up to another, counted no further than matters. */
function proseBetween({ blocks }: Row, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to && count < FIRST_PARAGRAPHS; at++) {
    if (blocks.isParagraph(at)) count++;
  }
  return count;
}

/** The titles of a draft: in its front matter, and the heading that it begins with. */
export function getTitles(draft: Draft): readonly string[] {
  const [first] = draft.blocks;
  const [, declared] = first?.kind === "metadata" ? (TITLE.exec(first.source) ?? []) : [];
  const opening = mainBlocks(draft)
    .slice(0, FIRST_BLOCKS)
    .find(({ kind }) => kind === "heading" || kind === "paragraph");
  return [declared ?? "", opening?.kind === "heading" ? opening.prose.text : ""];
}

/** A line of front matter that gives the title, perhaps quoted. */
const TITLE = /^["']?title["']?[ \t]{0,80}[:=][ \t]{0,80}(\S[^\n]{0,300})/im;

/** How many blocks may come before a draft's own title. */
const FIRST_BLOCKS = 8;

/** Whether a heading is a draft's title, give or take a word or two. */
export function isLikeTitle(title: string, heading: string): boolean {
  const titleWords = tellingWords(title);
  const headingWords = tellingWords(heading);
  const shared = countShared(titleWords, headingWords);
  return shared > 0 && shared * 3 >= 2 * Math.max(titleWords.size, headingWords.size);
}

/** A URI or path in the form in which names are compared: with "/" and without URI escapes. */
function toPath(uri: string): string {
  const isUri = /^[a-z][a-z0-9+.-]+:/i.test(uri);
  return isUri ? uri.replace(/%(?:25|23|3F)/gi, decodeURIComponent) : uri.replaceAll("\\", "/");
}

/** The segments in which two paths differ, each including its file's name. Folders that both begin with say nothing. */
interface Paths {
  readonly a: readonly string[];
  readonly b: readonly string[];
}

function apart(a: string, b: string): Paths {
  const left = a.split("/");
  const right = b.split("/");
  const most = Math.min(left.length, right.length) - 1;
  let same = 0;
  while (same < most && left[same] === right[same]) same++;
  return { a: left.slice(same), b: right.slice(same) };
}

function getDate(draft: Draft, segments: readonly string[]): DraftDate | undefined {
  return declaredDate(draft) ?? dateInPath(segments.join("/"));
}

function compareByDate(a: DraftDate | undefined, b: DraftDate | undefined): number {
  return a === undefined || b === undefined ? 0 : compareDates(a, b);
}

/**
 * The order of paths, with figures by value: part-2 before part-10. A common beginning plays no part, so relative paths
 * are in the order of absolute ones, except that those with `../` come first.
 */
export function comparePaths(a: string, b: string): number {
  const shortest = Math.min(a.length, b.length);
  let same = 0;
  while (same < shortest && a.charCodeAt(same) === b.charCodeAt(same)) same++;
  while (same > 0 && isFigure(a.charAt(same - 1))) same--;
  const aChunks = a.slice(same).match(CHUNKS) ?? [];
  const bChunks = b.slice(same).match(CHUNKS) ?? [];
  const shorter = Math.min(aChunks.length, bChunks.length);
  for (let at = 0; at < shorter; at++) {
    const x = aChunks[at] ?? "";
    const y = bChunks[at] ?? "";
    const byValue = isFigure(x) && isFigure(y);
    if (byValue && Number(x) !== Number(y)) return Number(x) - Number(y);
    if (!byValue && x !== y) return x < y ? -1 : 1;
  }
  return aChunks.length - bChunks.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** The order of drafts' names, in which URIs are in the order of the command line's paths. */
export function compareNames(a: string, b: string): number {
  return comparePaths(toPath(a), toPath(b));
}

/** Two drafts in the order in which they are always compared: the one with the smaller name as the earlier. */
export function orderByName<Named extends { readonly uri: string }>(
  one: Named,
  other: Named,
): readonly [later: Named, earlier: Named] {
  return compareNames(one.uri, other.uri) < 0 ? [other, one] : [one, other];
}

/** Figures of more digits than a number holds exactly are letters. */
const CHUNKS = /\d{1,15}|\D/g;

function isFigure(chunk: string): boolean {
  return /^\d/.test(chunk);
}

/** The name of a page: its file's without the extension, or its folder's if every folder has such a file. */
function pageName(path: string): string {
  const segments = path.toLowerCase().split("/");
  const file = segments.pop() ?? "";
  return isFolders(file) ? (segments.pop() ?? stem(file)) : stem(file);
}

function stem(file: string): string {
  return file.replace(/^([^.].*?)\.[a-z]{1,8}$/i, "$1");
}

/** Whether a file is the page of its folder. */
function isFolders(file: string): boolean {
  return /^_?(?:index|readme)(?:[._-]|$)|^(?:default|page)$/i.test(stem(file));
}

/** The name of the page that a link leads to; "" for one within its own page, or on another host. */
export function linkedPage(address: string): string {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(address)) return "";
  const [path = ""] = address.split(/[?#]/, 1);
  return pageName(path.replace(/\/$/, ""));
}

function areNamesakes({ a, b }: Paths): boolean {
  const inFolders = a.length > 1 || b.length > 1;
  return inFolders && pageName(a.join("/")) === pageName(b.join("/"));
}

/** Whether two pages and their folders have the same names: “clustered/admin/list.md”, “cloud/admin/list.md”. */
function areMirrored(paths: Paths): boolean {
  const [a, b] = [paths.a, paths.b].map((segments) =>
    segments.slice(0, isFolders(segments.at(-1) ?? "") ? -2 : -1),
  );
  if (a === undefined || b === undefined || Math.min(a.length, b.length) < 2) return false;
  return areNamesakes(paths) && a.at(-1) === b.at(-1);
}

/** A folder for a version. A figure alone may be a year or a chapter. */
const VERSION =
  /^(?:v\d+(?:[._]\d+)*|v?\d+[._]\d+(?:[._]\d+)*(?:[._-]?(?:x|alpha|beta|rc)\d*)?|\d+\.x|latest|stable|next|nightly|current|legacy|deprecated)$/i;

/** A folder for parts that several pages include. */
const PARTIAL = /^_?(?:common|includes?|partials?|shared|snippets?|templates?|fragments?)$/i;

/** The source of a page that a tool fills in. */
const TEMPLATE = /^_?template$/;

/** A folder for what was set aside. */
const ARCHIVE = /^_?(?:old|archived?|archives|backups?|bak|trash)$/i;

/** A folder for drafts that are published from another. */
const WRITTEN = /^_?(?:drafts?|unpublished|published|wip)$/i;

/** What file managers and writers add to the name of a copy. */
const COPY =
  /^(?:copy of|kopie von|copie de) |[ _-](?:copy|kopie|copie|final|old|new|backup|bak|edit(?:ed)?|revised|corrected)(?:[ _-]?\d{1,2})?$|[ _-]?\(\d{1,2}\)$/;

/** Whether one of two names is the other with the mark of a copy, or with a number: “story-final”, “story-v2”. */
function isNamedAsCopy([a = "", b = ""]: readonly string[]): boolean {
  const one = a.replace(COPY, "");
  const other = b.replace(COPY, "");
  return a !== b && (one === other || one === other.replace(/[ _-]v?\d{1,2}$/, ""));
}

/** Whether two files are for contributors to a repository, which may have several. */
function areNotices({ a, b }: Paths): boolean {
  return [a, b].every((segments) => NOTICE.test(segments.at(-1) ?? ""));
}

/** Whether one of two drafts introduces the folder that contains the other, often with what its pages say. */
function isIntroduced({ a, b }: Paths): boolean {
  return [a, b].some(([name = "", ...below]) => below.length === 0 && INTRODUCTION.test(name));
}

/** The README of one of many packages, of which each says how it is installed. */
const PACKAGE =
  /(?:^|\/)(?:apps|crates|examples|extensions|libs|modules|packages|plugins)\/[^/]+\/README(?:\.[a-z]+)?$/i;

/** README.md, AGENTS.md, CODE_OF_CONDUCT.md. */
const NOTICE = /^[A-Z][A-Z_-]{3,}(?:\.|$)/;
const INTRODUCTION = /^(?:readme|contributing)(?:\.|$)/i;

/** A name without a date at its beginning, and without figures. */
function nameWithoutFigures(name = ""): string {
  return name.replace(/^\d{4}-\d{2}-\d{2}-/, "").replace(/\d+/g, "#");
}

function folders(segments: readonly string[]): readonly string[] {
  return segments.slice(0, -1);
}

function holdsSegment(segments: readonly string[], pattern: RegExp): boolean {
  return folders(segments).some((segment) => pattern.test(segment));
}

function versions(segments: readonly string[]): string {
  return folders(segments)
    .filter((segment) => VERSION.test(segment))
    .join("/");
}

/** Whether two paths are in folders for two versions, or one is the other without its version: “next” is also a word. */
function areVersions({ a, b }: Paths): boolean {
  const withoutVersion = (segments: readonly string[]): string =>
    segments.filter((segment) => !VERSION.test(segment)).join("/");
  const [one, other] = [versions(a), versions(b)];
  const areBoth = one !== "" && other !== "";
  return one !== other && (areBoth || withoutVersion(a) === withoutVersion(b));
}

/** The languages that a path names: in its folders, and between the file's name and its extension. */
function languages(segments: readonly string[]): string {
  const [, inName = ""] =
    /[._]([a-z]{2}(?:[-_][a-z]{2,4})?)\.[a-z]{1,8}$/i.exec(segments.at(-1) ?? "") ?? [];
  return [...folders(segments), inName].filter(isLanguageName).join("/").toLowerCase();
}

function isLanguageName(segment: string): boolean {
  return /^[a-z]{2}(?:[-_](?:[a-z]{2}|[a-z]{4}))?$/i.test(segment) && isLanguage(segment);
}

/** Whether two URIs or paths name parts of a series: the same except for figures or opposites, or nearly the same. */
export function areInSeries(uri: string, otherUri: string): boolean {
  const a = pageName(toPath(uri));
  const b = pageName(toPath(otherUri));
  const frame = a.replace(/\d+/g, "#");
  if (frame === b.replace(/\d+/g, "#") && /\p{L}{3}/u.test(frame)) return true;
  if (a !== b && areOpposites(a, b)) return true;
  const aWords = tellingWords(a);
  const bWords = tellingWords(b);
  if (aWords.size === 0 || bWords.size === 0) return false;
  const shared = countShared(aWords, bWords);
  const all = aWords.size + bWords.size - shared;
  return shared === all || (shared >= SHARED_WORDS && shared * 2 >= all);
}

/** Words in which the names of two reference pages differ if they say the same about opposites. */
const OPPOSITES: readonly (readonly [string, string])[] = [
  ["next", "prev"],
  ["next", "previous"],
  ["first", "last"],
  ["before", "after"],
  ["enable", "disable"],
  ["get", "set"],
  ["add", "remove"],
  ["push", "pull"],
  ["import", "export"],
  ["show", "hide"],
  ["min", "max"],
];

/** Whether one of two names has a word where the other has the opposite: “Next”, “NextInSection” and “PrevInSection”. */
export function areOpposites(a: string, b: string): boolean {
  const isSwapped = (name: string, from: string, other: string, to: string): boolean =>
    name.startsWith(from) && other === to + name.slice(from.length);
  return OPPOSITES.some(([one, two]) => isSwapped(a, one, b, two) || isSwapped(b, one, a, two));
}

export function countShared<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  let shared = 0;
  for (const one of a) if (b.has(one)) shared++;
  return shared;
}

/** Names that are not the same in all words must share at least this many. */
const SHARED_WORDS = 2;

/** The words of a name, without those by which parts of a series differ. */
function tellingWords(name: string): ReadonlySet<string> {
  const words = name.toLowerCase().match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  return new Set(words.filter((word) => word.length > 2 && !COUNTING.has(word)));
}

const COUNTING = new Set(
  (
    "january february march april may june july august september october november december " +
    "jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday " +
    "part week day vol volume issue episode chapter first second third fourth fifth final new old " +
    "alpha beta draft copy version the and for with your how are what"
  ).split(" "),
);
