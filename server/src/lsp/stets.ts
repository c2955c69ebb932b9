import type { Draft } from "../draft/draft.ts";
import { applySuppressions } from "../engine/suppression/suppress.ts";
import { getFormat } from "../formats/registry.ts";
import { toDraft } from "../project/document.ts";
import { isWithin, toKey, toPath } from "../project/places.ts";
import { dirname } from "../text/path.ts";
import {
  canHoldDrafts,
  configText,
  isConfig,
  resolve,
  type StoredDraft,
  toUri,
  type Workspace,
} from "../project/workspace.ts";
import type { CountedEdit, ListedStet, Reach, ReachRequest, RemoveRequest } from "../protocol.ts";
import { kindOfRule, RULES } from "../rules/index.ts";
import { stetsInConfig, takeOut } from "../settings/config/edits.ts";
import type { Edit } from "../text/edits.ts";
import { type Lines, lineIndex, wholeLines } from "../text/lines.ts";
import type { Span } from "../text/span.ts";
import { say, type Translations, wording } from "../text/wording.ts";
import { draftEdit } from "./actions/edits.ts";
import { readText } from "./files.ts";
import { configFor, openDraft, textNow } from "./open-drafts.ts";
import type { Session } from "./session.ts";
import { toRange } from "./to-protocol.ts";
import { acceptingPhrases, canBeAccepted } from "../engine/suppression/accept.ts";
import { isUntitled } from "../project/untitled.ts";
import { CONFIG_NAME } from "../settings/config/config.ts";
import { lintedDrafts } from "./status.ts";

/** One thing that lets findings stand, and its place in the file's text. */
interface Found extends Pick<ListedStet, "type" | "text" | "kinds"> {
  readonly span: Span;
}

/** A file, with everything in it that lets findings stand. */
interface Listed {
  readonly uri: string;
  readonly text: string;
  readonly lines: Lines;
  readonly found: readonly Found[];
}

/** Results for drafts on disk. Each is read once, until it changes. */
const known = new WeakMap<StoredDraft, readonly ListedStet[]>();

/** Everything in the workspace that lets findings stand, in the order of the files and, in each, of the places. */
export async function listStets(
  session: Session,
  isCancelled: () => boolean,
): Promise<ListedStet[]> {
  const { workspace, host } = session;
  const all: ListedStet[] = [];
  const paths = new Set([...workspace.configs.keys(), ...workspace.open.keys()]);
  for (const path of workspace.stored.keys()) paths.add(path);
  for (const path of [...paths].sort()) {
    if (isCancelled()) break;
    const stored = workspace.open.has(path) ? undefined : workspace.stored.get(path);
    const before = stored && known.get(stored);
    if (before !== undefined) {
      all.push(...before);
      continue;
    }
    const listed = await listIn(session, path);
    const stets = listed === undefined ? [] : toListed(listed, session.client.display.translations);
    if (stored !== undefined) known.set(stored, stets);
    all.push(...stets);
    await host.clock.turn();
  }
  return all;
}

function toListed(
  { uri, lines, found }: Listed,
  translations: Translations | undefined,
): ListedStet[] {
  return found.map(({ span, kinds, ...rest }) => {
    const said = kinds.map((kind) => say(wording(kind), translations));
    return { uri, range: toRange(lines, span), ...rest, kinds: said };
  });
}

async function listIn(session: Session, path: string): Promise<Listed | undefined> {
  const { workspace } = session;
  if (isConfig(workspace, path)) {
    const text = canHoldDrafts(workspace, dirname(path)) ? configText(workspace, path) : undefined;
    if (text === undefined) return undefined;
    return { uri: toUri(workspace, path), text, lines: lineIndex(text), found: inConfig(text) };
  }
  const draft = await draftAt(session, path);
  if (draft === undefined) return undefined;
  const { text } = draft;
  return { uri: toUri(workspace, path), text, lines: lineIndex(text), found: inDraft(draft) };
}

/** A draft that may have such a comment. */
async function draftAt(session: Session, path: string): Promise<Draft | undefined> {
  const open = openDraft(session, path);
  if (open !== undefined) return toDraft(open.document, open.config.format);
  const config = configFor(session, path);
  const text = config && (await readText(session, toKey(path)));
  return config === undefined || text === undefined || !/stet/i.test(text)
    ? undefined
    : getFormat(config.format).parse(text);
}

function inDraft(draft: Draft): Found[] {
  const { comments } = applySuppressions(draft, RULES, NO_ENTRIES, []);
  const found = comments.map(({ start, end, rules }): Found => {
    const kinds = [...new Set(rules.map(kindOfRule))];
    return { span: { start, end }, type: "comment", text: draft.text.slice(start, end), kinds };
  });
  return found.sort((a, b) => a.span.start - b.span.start);
}

const NO_ENTRIES = { stet: [], accept: [] };

function inConfig(text: string): Found[] {
  const found = stetsInConfig(text).map(({ entry, ...place }): Found => ({
    ...place,
    type: entry === undefined ? "phrase" : "entry",
    kinds: entry === undefined ? [] : [kindOfRule(entry.rule)],
  }));
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** The edit that removes one of them; undefined if it is no longer there, or can't be removed cleanly. */
export async function removeStet(
  session: Session,
  stet: RemoveRequest,
): Promise<CountedEdit | undefined> {
  const { workspace, client } = session;
  const path = toPath(toKey(stet.uri));
  const listed = await listIn(session, path);
  if (listed === undefined) return undefined;
  const place = JSON.stringify([stet.type, stet.range, stet.text]);
  const at = toListed(listed, client.display.translations).findIndex(
    ({ type, range, text }) => JSON.stringify([type, range, text]) === place,
  );
  const found = listed.found[at];
  if (found === undefined) return undefined;
  const edits = removal(listed.text, found);
  if (edits.length === 0) return undefined;
  const version = workspace.open.get(path)?.version ?? null;
  const { uri, lines } = listed;
  return { version, edit: draftEdit({ uri, lines, version }, edits, client.actions), count: 1 };
}

function removal(text: string, { type, span }: Found): Edit[] {
  return type === "comment" ? [{ ...wholeLines(text, span), newText: "" }] : takeOut(text, span);
}

/** How many drafts are read at a time. */
const AT_ONCE = 50;

/** How many findings a stet would remove, and in how many drafts. For a phrase, reads the drafts in which it may count. */
export async function countReach(session: Session, what: ReachRequest): Promise<Reach> {
  const { folder } = what;
  const isMeant = (path: string): boolean =>
    !isUntitled(path) &&
    (folder === undefined
      ? !("rule" in what && isInConfig(session.workspace, path, what.rule))
      : isWithin(path, folder) && obeys(session.workspace, path, folder));
  const drafts = [...lintedDrafts(session, "all", isMeant)].flatMap(({ uri, findings }) => {
    const met = findings.filter(({ rule }) =>
      "rule" in what ? rule === what.rule : canBeAccepted(RULES, rule),
    );
    return met.length === 0 ? [] : [{ uri, met }];
  });
  const count = async ({ uri, met }: (typeof drafts)[number]): Promise<number> => {
    if ("rule" in what) return met.length;
    const text = await textNow(session, toPath(toKey(uri)));
    if (text === undefined) return 0;
    return met.filter((one) => acceptingPhrases({ text }, RULES, [what.phrase], one).size > 0)
      .length;
  };
  const counts: number[] = [];
  for (let at = 0; at < drafts.length; at += AT_ONCE) {
    counts.push(...(await Promise.all(drafts.slice(at, at + AT_ONCE).map(count))));
  }
  const findings = counts.reduce((sum, one) => sum + one, 0);
  return { findings, drafts: counts.filter((one) => one > 0).length };
}

/** Whether a draft in a folder follows the config file there, or would if it existed. A nearer file replaces it. */
function obeys(workspace: Workspace, path: string, folder: string): boolean {
  const { configPath, extendedFiles } = resolve(workspace, path);
  const nearest = configPath === undefined ? folder : dirname(configPath);
  const isNearer = nearest !== folder && isWithin(nearest, folder);
  return !isNearer || extendedFiles.includes(`${folder}/${CONFIG_NAME}`);
}

/** Whether a config file sets a rule for a draft, which overrides the user's own settings. */
export function isInConfig(workspace: Workspace, path: string, rule: string): boolean {
  const { configPath = "" } = resolve(workspace, path);
  const { rules = {}, overrides = [] } = workspace.tree.nodes.get(configPath)?.parsed.config ?? {};
  return [rules, ...overrides.map((one) => one.rules ?? {})].some((set) => rule in set);
}
