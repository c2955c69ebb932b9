import type { CancellationToken } from "vscode-languageserver";
import { type Allowance, newAllowance } from "../deletion/allowance.ts";
import type { Draft } from "../draft/draft.ts";
import type { Finding, Fix } from "../draft/finding.ts";
import { isTooLarge } from "../draft/largest.ts";
import { lint } from "../engine/lint.ts";
import { restoreAll, type RestoredDraft } from "../engine/restore-all.ts";
import { elsewhereSetting } from "../project/elsewhere.ts";
import { type DigestedFinding, withDigests } from "../project/facts.ts";
import type { FileVersion } from "../project/host.ts";
import { toKey, toPath, uriScheme } from "../project/places.ts";
import {
  eachWordingOnce,
  isHole,
  type RestoreSource,
  restorationsFrom,
} from "../repeats/restore.ts";
import { RULES } from "../rules/index.ts";
import type { Settings } from "../settings/settings.ts";
import type { Restored } from "./actions/menu.ts";
import { type LintedDocument, lossKeys } from "./linted.ts";
import { configFor, lintedNow, nameIn, openDraft, presentDraft, readAgain } from "./open-drafts.ts";
import { currentVersion, type Session } from "./session.ts";
import { decode } from "../text/decode.ts";
import { type Argument, wording } from "../text/wording.ts";

/** The most milliseconds that a menu waits for words from elsewhere. */
export const PATIENCE = 280;

/** The most milliseconds that confirming losses waits, and a list that may be partial. */
export const LONG_PATIENCE = 1500;

/** Tells whether nobody waits for some work any more. */
type IsOver = () => boolean;

/**
 * Lets work run for this many milliseconds (undefined: as long as it takes), or until its request is cancelled. Resolves
 * to whether it finished.
 */
export async function inTime(
  { clock }: Session["host"],
  patience: number | undefined,
  token: CancellationToken | undefined,
  work: (isOver: IsOver) => Promise<unknown>,
): Promise<boolean> {
  let isOver = token?.isCancellationRequested === true;
  let giveUp: () => void = () => undefined;
  const over = new Promise<false>((resolve) => {
    giveUp = () => {
      resolve(false);
    };
  });
  const limit = patience === undefined ? undefined : clock.after(patience, giveUp);
  const cancelled = token?.onCancellationRequested(giveUp);
  try {
    return await Promise.race([work(() => isOver).then(() => true), over]);
  } finally {
    isOver = true;
    limit?.dispose();
    cancelled?.dispose();
  }
}

/**
 * What earlier versions of a draft and other drafts have where words are lost. The newest version that has them counts;
 * from other drafts, each wording. What is not known in this many milliseconds is left out; undefined: waits for all.
 */
export async function lostWords(
  session: Session,
  linted: LintedDocument,
  holes: readonly Finding[],
  token: CancellationToken,
  patience: number | undefined,
): Promise<{ readonly restored: Restored; readonly isWhole: boolean }> {
  if (holes.length === 0) return { restored: new Map(), isWhole: true };
  const search = { linted, holes, allowance: newAllowance() };
  const known = new Map<Finding, readonly Fix[]>();
  const others = new Map<Finding, readonly Fix[]>();
  const versions = earlierVersions(linted, committedVersions(session, linted.uri));
  const drafts = similarDrafts(session, toPath(toKey(linted.uri)));
  const isWhole = await inTime(session.host, patience, token, (isOver) =>
    Promise.all([
      lookUp(session, search, "versions", versions, known, isOver),
      lookUp(session, search, "drafts", drafts, others, isOver),
    ]),
  );
  const fixes = holes.map((hole): [Finding, readonly Fix[]] => [
    hole,
    eachWordingOnce([...(known.get(hole) ?? []), ...(others.get(hole) ?? [])]),
  ]);
  return { restored: new Map(fixes.filter(([, { length }]) => length > 0)), isWhole };
}

/**
 * Checks which hints of lost words in an open draft an earlier version confirms, because it has the words. Returns
 * whether the set changed. If the search takes too long, what it found by then is added to what was known. If git has
 * not answered by then, `again` is called once it has.
 */
export async function confirmLosses(
  session: Session,
  path: string,
  again: () => void,
): Promise<boolean> {
  await currentVersion(session, path);
  const open = openDraft(session, path);
  const now = lintedNow(session, path);
  if (open === undefined || now === undefined) return false;
  const { host } = session;
  const { all: linted, unproven } = now;
  const seeming = [...lossKeys(linted, [...linted.findings, ...unproven])].filter(
    ([{ severity }, key]) => severity === "hint" || open.confirmed.has(key),
  );
  const known = open.confirmed;
  const confirmed = new Set<string>();
  if (seeming.length > 0) {
    const versions = (open.versions ??= committedVersions(session, linted.uri));
    if (!(await inTime(host, LONG_PATIENCE, undefined, () => versions))) {
      void versions.then(again, () => undefined);
      return false;
    }
    // The host keeps those of a few files; an open draft needs them no more.
    if (open.versions === versions) open.versions = undefined;
    const search = { linted, holes: seeming.map(([hole]) => hole), allowance: newAllowance() };
    const found = new Map<Finding, readonly Fix[]>();
    const isDone = await inTime(host, LONG_PATIENCE, undefined, (isOver) =>
      lookUp(session, search, "versions", earlierVersions(linted, versions), found, isOver),
    );
    for (const key of isDone ? [] : known) confirmed.add(key);
    for (const [hole, key] of seeming) if (found.has(hole)) confirmed.add(key);
  }
  const isSame = confirmed.size === known.size && [...confirmed].every((key) => known.has(key));
  if (!isSame) open.confirmed = confirmed;
  return !isSame;
}

/**
 * What restores all that earlier versions still have of a draft's lost words, and how many findings that fixes;
 * undefined as soon as the request is cancelled.
 */
export async function restoreFromHistory(
  session: Session,
  linted: LintedDocument,
  token: CancellationToken,
): Promise<RestoredDraft | undefined> {
  const versions: RestoreSource[] = [];
  await inTime(session.host, undefined, token, async (isOver) => {
    const committed = committedVersions(session, linted.uri);
    for await (const version of earlierVersions(linted, committed)) {
      if (isOver()) return;
      versions.push(version);
      await session.host.clock.turn();
    }
  });
  if (token.isCancellationRequested) return undefined;
  const { draft, settings, findings } = linted;
  const findHoles = (one: typeof draft): Finding[] =>
    lint(one, RULES, settings, { includesUnproven: true }).filter(isHole);
  const digestKey = ({ rule, digest }: DigestedFinding): string => `${rule} ${digest}`;
  // What a baseline lists is left alone, though a restored passage may move it.
  const shown = new Set(withDigests(draft, findings).map(digestKey));
  const listed = withDigests(draft, findHoles(draft)).map(digestKey);
  const hidden = new Set(listed.filter((key) => !shown.has(key)));
  const isWanted = (one: DigestedFinding): boolean => !hidden.has(digestKey(one));
  return restoreAll(draft, (one) => withDigests(one, findHoles(one)).filter(isWanted), versions);
}

/** The places in a draft whose words are looked up, and how much work this may take. */
interface Search {
  readonly linted: LintedDocument;
  readonly holes: readonly Finding[];
  readonly allowance: Allowance;
}

/**
 * Adds to `restored` what other texts have of the words: all other drafts that have them, and the first earlier
 * version, the newest first. No further text is read once it could not count.
 */
async function lookUp(
  { host }: Session,
  { linted: { draft }, holes, allowance }: Search,
  kind: "drafts" | "versions",
  texts: AsyncGenerator<RestoreSource, void>,
  restored: Map<Finding, readonly Fix[]>,
  isOver: IsOver,
): Promise<void> {
  let open = holes;
  while (open.length > 0) {
    const { value: source } = await texts.next();
    if (source === undefined || isOver()) return;
    for (const hole of open) {
      const fixes = restorationsFrom(draft, hole, source, allowance);
      if (fixes.length > 0) restored.set(hole, [...(restored.get(hole) ?? []), ...fixes]);
    }
    if (kind === "versions") open = open.filter((hole) => !restored.has(hole));
    await host.clock.turn();
    if (isOver()) return;
  }
}

/** Earlier versions of a draft that are text, and not too large. */
async function* earlierVersions(
  { draft, settings }: LintedDocument,
  versions: Versions | undefined,
): AsyncGenerator<RestoreSource, void> {
  for (const { day, bytes } of (await versions) ?? []) {
    const text = decode(bytes);
    if (text === undefined || isTooLarge(text)) continue;
    yield toSource(draft.format.parse(text), wording("the version of {0}", day), settings);
  }
}

/** The earlier versions of a file that git has, the newest first; undefined if it does not say. */
type Versions = Promise<readonly FileVersion[] | undefined>;

/** See `Host.versions`. */
export async function committedVersions({ host, store }: Session, uri: string): Versions {
  const { git } = store.state;
  if (git === undefined || !host.reads(uriScheme(uri))) return undefined;
  return host.versions?.(toPath(toKey(uri)), git);
}

/** The current drafts that seem to share a passage with this one, the likeliest first. Each is read only on demand. */
async function* similarDrafts(session: Session, path: string): AsyncGenerator<RestoreSource, void> {
  const config = configFor(session, path);
  const setting = config && elsewhereSetting(config.settings);
  if (setting === undefined) return;
  for (const other of session.cross.index.comparedWith(path, setting.maxDrafts)) {
    const draft = presentDraft(session, other) ?? (await readAgain(session, other));
    const settings = configFor(session, other)?.settings;
    if (draft !== undefined && settings !== undefined) {
      yield toSource(draft, nameIn(session, other), settings);
    }
  }
}

function toSource(draft: Draft, name: Argument, settings: Settings): RestoreSource {
  return { draft, name, findings: () => lint(draft, RULES, settings) };
}
