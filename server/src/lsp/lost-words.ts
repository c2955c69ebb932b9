import type { CancellationToken } from "vscode-languageserver";
import { type Allowance, newAllowance } from "../deletion/allowance.ts";
import type { Finding, Fix } from "../draft/finding.ts";
import { isTooLarge } from "../draft/largest.ts";
import { lint } from "../engine/lint.ts";
import { restoreAll, type RestoredDraft } from "../engine/restore-all.ts";
import { type DigestedFinding, withDigests } from "../project/facts.ts";
import { toKey, toPath } from "../project/places.ts";
import { isText, shape } from "../project/shape.ts";
import { FILE_VERSION, type FileVersion } from "../protocol.ts";
import {
  eachWordingOnce,
  isHole,
  MOST_VERSIONS,
  type RestoreSource,
  restorationsFrom,
} from "../repeats/restore.ts";
import { RULES } from "../rules/index.ts";
import type { Settings } from "../settings/settings.ts";
import type { Restored } from "./actions/menu.ts";
import { type Judgement, lossKeys } from "./judgement.ts";
import { similarDrafts } from "./comparison.ts";
import { judgedWhileTyping } from "./open-drafts.ts";
import { currentVersion, openDraft, type Session } from "./session.ts";

/** A menu waits so many milliseconds for words from elsewhere, and no longer. */
export const PATIENCE = 280;

/** So long whoever asks what is left in a draft. */
export const LONG_PATIENCE = 1500;

/**
 * What earlier versions of a draft and other drafts have where words are lost. The newest version that has them
 * counts, and of other drafts each wording. What is not known in time is left out.
 */
export async function lostWords(
  session: Session,
  judged: Judgement,
  holes: readonly Finding[],
  token: CancellationToken,
  patience = PATIENCE,
): Promise<Restored> {
  const restored = new Map<Finding, readonly Fix[]>();
  if (holes.length === 0) return restored;
  const { clock } = session.host;
  let isOver = false;
  const stopped = (): boolean => isOver || token.isCancellationRequested;
  let giveUp: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (giveUp = resolve));
  const limit = clock.after(patience, giveUp);
  const cancelled = token.onCancellationRequested(giveUp);
  const allowance = newAllowance();
  const work = async (): Promise<void> => {
    const [versions, others] = await Promise.all([
      fromVersions(session, judged, holes, token, stopped, allowance),
      fromOtherDrafts(session, judged, holes, stopped, allowance),
    ]);
    if (stopped()) return;
    for (const hole of holes) {
      const fixes = [...(versions.get(hole) ?? []), ...(others.get(hole) ?? [])];
      if (fixes.length > 0) restored.set(hole, eachWordingOnce(fixes));
    }
  };
  try {
    await Promise.race([work(), over]);
  } finally {
    isOver = true;
    limit.dispose();
    cancelled.dispose();
  }
  return restored;
}

/**
 * Looks which hints of lost words in an open draft an earlier version confirms: it has the words. Whether they are
 * others than before. Nobody waits for it; where git takes too long, what it had by then adds to what was known.
 */
export async function confirmLosses(session: Session, path: string): Promise<boolean> {
  await currentVersion(session, path);
  const open = openDraft(session, path);
  const judged = judgedWhileTyping(session, path)?.all;
  if (open === undefined || judged === undefined) return false;
  const keys = lossKeys(judged, judged.findings);
  const seeming = [...keys].filter(
    ([{ severity }, key]) => severity === "hint" || open.confirmed.has(key),
  );
  const holes = seeming.map(([hole]) => hole);
  let isOver = false;
  let giveUp: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (giveUp = resolve));
  const limit = session.host.clock.after(LONG_PATIENCE, giveUp);
  const found = new Map<Finding, readonly Fix[]>();
  const work = async (): Promise<void> => {
    if (holes.length === 0) return;
    const allowance = newAllowance();
    await fromVersions(session, judged, holes, undefined, () => isOver, allowance, found);
  };
  const isDone = await Promise.race([work().then(() => true), over.then(() => false)]);
  isOver = true;
  limit.dispose();
  const confirmed = new Set(isDone ? [] : open.confirmed);
  for (const [hole, key] of seeming) if (found.has(hole)) confirmed.add(key);
  const isSame =
    confirmed.size === open.confirmed.size &&
    [...confirmed].every((key) => open.confirmed.has(key));
  if (!isSame) open.confirmed = confirmed;
  return !isSame;
}

/** What restores all that earlier versions still have of an open draft's lost words, and how many findings it mends. */
export async function restoreFromHistory(
  { client, connection, host }: Session,
  { draft, document, settings, findings }: Judgement,
  token: CancellationToken,
): Promise<RestoredDraft> {
  const versions: RestoreSource[] = [];
  for (let index = 0; client.hasVersions && index < MOST_VERSIONS; index++) {
    const version = await requestVersion(connection, document.uri, index, token);
    if (!isFileVersion(version)) break;
    versions.push(toSource(draft.format.parse(version.text), settings, version.name));
    await host.clock.turn();
  }
  const findHoles = (one: typeof draft): Finding[] => lint(one, RULES, settings).filter(isHole);
  const keyOf = ({ rule, digest }: DigestedFinding): string => `${rule} ${digest}`;
  // What a baseline lists is left alone, though what is restored may move it.
  const shown = new Set(withDigests(draft, findings).map(keyOf));
  const listed = withDigests(draft, findHoles(draft)).map(keyOf);
  const hidden = new Set(listed.filter((key) => !shown.has(key)));
  const isWanted = (one: DigestedFinding): boolean => !hidden.has(keyOf(one));
  return restoreAll(draft, (one) => withDigests(one, findHoles(one)).filter(isWanted), versions);
}

async function fromVersions(
  { client, connection, host }: Session,
  { draft, document, settings }: Judgement,
  holes: readonly Finding[],
  token: CancellationToken | undefined,
  stopped: () => boolean,
  allowance: Allowance,
  restored = new Map<Finding, readonly Fix[]>(),
): Promise<Restored> {
  if (!client.hasVersions) return restored;
  for (let index = 0; index < MOST_VERSIONS && restored.size < holes.length; index++) {
    const version = await requestVersion(connection, document.uri, index, token);
    if (!isFileVersion(version) || stopped()) break;
    const earlier = draft.format.parse(version.text);
    const source = toSource(earlier, settings, `the version of ${version.name}`);
    for (const hole of holes) {
      const fixes = restored.has(hole) ? [] : restorationsFrom(draft, hole, source, allowance);
      if (fixes.length > 0) restored.set(hole, fixes);
    }
    await host.clock.turn();
    if (stopped()) break;
  }
  return restored;
}

/** Asks for an earlier version of a file; null where there is none at all, undefined where the client does not say. */
export async function requestVersion(
  connection: Session["connection"],
  uri: string,
  index: number,
  token: CancellationToken | undefined,
): Promise<FileVersion | null | undefined> {
  try {
    const rest = token === undefined ? [] : [token];
    const answer: unknown = await connection.sendRequest(FILE_VERSION, { uri, index }, ...rest);
    if (answer === null) return null;
    return isFileVersion(answer) && !isTooLarge(answer.text) ? answer : undefined;
  } catch {
    return undefined;
  }
}

const isFileVersion = shape<FileVersion>({ name: isText, text: isText });

async function fromOtherDrafts(
  session: Session,
  { uri, draft }: Judgement,
  holes: readonly Finding[],
  stopped: () => boolean,
  allowance: Allowance,
): Promise<Restored> {
  const restored = new Map<Finding, Fix[]>();
  for await (const other of similarDrafts(session, toPath(toKey(uri)))) {
    if (stopped()) break;
    const source = toSource(other.draft, other.settings, other.name);
    for (const hole of holes) {
      const fixes = restorationsFrom(draft, hole, source, allowance);
      if (fixes.length > 0) restored.set(hole, [...(restored.get(hole) ?? []), ...fixes]);
    }
    await session.host.clock.turn();
  }
  return restored;
}

function toSource(draft: RestoreSource["draft"], settings: Settings, name: string): RestoreSource {
  return { draft, name, findings: () => lint(draft, RULES, settings) };
}
