import type {
  CodeAction,
  Command,
  Diagnostic,
  Range,
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import { CodeActionKind } from "vscode-languageserver";
import { canBeAccepted } from "../engine/suppression/accept.ts";
import type { Draft } from "../draft/draft.ts";
import type { CommentSyntax } from "../draft/format-files.ts";
import { commentIn } from "../formats/registry.ts";
import { blockAt } from "../draft/draft.ts";
import type { Finding, Fix } from "../draft/finding.ts";
import type { Edit } from "../text/edits.ts";
import { safeEdits } from "../engine/fix.ts";
import type { Lines } from "../text/lines.ts";
import { positionAt } from "../text/lines.ts";
import { MASK } from "../draft/prose.ts";
import type { StetEntry } from "../settings/settings.ts";
import type { Span } from "../text/span.ts";
import { stetEntry } from "../engine/suppression/suppress.ts";
import { isUntitled } from "../project/untitled.ts";
import { restorations } from "../repeats/restore.ts";
import { COMPARE, GO_TO } from "../protocol.ts";
import { toRange, toTextEdit } from "./to-protocol.ts";
import { RULES } from "../rules/index.ts";

/** The kind under which all safe fixes of a draft are applied, on save for those who ask for it. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.galley`;

/** A draft as it was judged: everything here is of one version. */
export interface Judged {
  readonly uri: string;
  /** null for a document that is not open. */
  readonly version: number | null;
  readonly languageId: string;
  readonly draft: Draft;
  readonly lines: Lines;
  readonly findings: readonly Finding[];
}

/** What the client can do with an action. */
export interface ActionSupport {
  readonly documentChanges: boolean;
  readonly createFile: boolean;
  readonly snippets: boolean;
  readonly showDocument: boolean;
  readonly compare: boolean;
}

/** Another draft as an edit or a link needs it. */
export interface OtherDraft extends Other {
  readonly uri: string;
}

export interface Other {
  readonly lines: Lines;
  readonly version: number | null;
}

/** An action whose edit is worked out when it is chosen. */
export interface Offer {
  readonly title: string;
  readonly kind: string;
  readonly preferred: boolean;
  readonly finding: Finding | undefined;
  /** The words of what is done, for `codeAction/resolve`. */
  readonly doing: Doing;
}

export type Doing =
  | { readonly type: "fix"; readonly fix: Fix }
  | { readonly type: "edits"; readonly edits: readonly Edit[] }
  | ({ readonly type: "stet"; readonly entry: StetEntry } & Placed)
  | ({ readonly type: "accept"; readonly phrase: string } & Placed)
  | ({ readonly type: "turn-off"; readonly rule: string } & Placed)
  | { readonly type: "command"; readonly command: Command };

interface Placed {
  /** The folder in whose `.galley.json` it is written, where there is a choice; see `configPlaces`. */
  readonly folder?: string;
}

/** What can be done about the findings that `range` is about, those that fit it most closely first. */
export function offers(
  judged: Judged,
  range: Range,
  only: readonly string[] | undefined,
  support: ActionSupport,
  fixAllRepeats: boolean,
  other: (name: string) => OtherDraft | undefined,
): Offer[] {
  const found: Offer[] = [];
  if (wants(only, CodeActionKind.QuickFix)) {
    const touched = findingsAt(judged, range);
    for (const finding of touched) {
      found.push(...fixOffers(judged, finding, finding === touched[0]));
    }
    for (const finding of touched) {
      if (support.showDocument || support.compare) {
        found.push(...placeOffers(judged, finding, support, other));
      }
    }
    for (const finding of touched) found.push(...settleOffers(judged, finding));
  }
  // Offered where it is asked for by name: a light bulb on every line would say nothing.
  if (only !== undefined && wants(only, FIX_ALL)) {
    const edits = safeEdits(
      judged.findings,
      (fix) => fixAllRepeats || fix.kind !== "repeat",
      judged.draft,
    );
    if (edits.length > 0) {
      found.push({
        title: "Make every safe correction in this draft",
        kind: FIX_ALL,
        preferred: false,
        finding: undefined,
        doing: { type: "edits", edits },
      });
    }
  }
  return told(distinct(found), judged.lines);
}

/**
 * The findings that a range is about. The list of problems and the way from one to the next select
 * exactly a finding: then it is about that one alone. Else all that it overlaps, the closest fit first.
 */
function findingsAt(judged: Judged, range: Range): Finding[] {
  const { lines, draft } = judged;
  const offset = ({ line, character }: Range["start"]): number =>
    Math.min((lines[line] ?? draft.text.length) + character, draft.text.length);
  const start = offset(range.start);
  const end = offset(range.end);
  const exact = judged.findings.filter((one) => one.start === start && one.end === end);
  if (exact.length > 0) return exact;
  // A cursor touches the words it stands before or after; a selection is about those in it.
  const touched = judged.findings.filter((one) =>
    start === end || one.start === one.end
      ? one.start <= end && start <= one.end
      : one.start < end && start < one.end,
  );
  const misfit = (one: Finding): number => Math.abs(one.start - start) + Math.abs(one.end - end);
  return touched.sort((a, b) => misfit(a) - misfit(b));
}

/** The edit of one draft, for the version it was made for; elsewhere for another draft. */
export function draftEdit(
  uri: string,
  target: Other,
  edits: readonly Edit[],
  support: ActionSupport,
  select?: Span,
): WorkspaceEdit {
  const plain = edits.map((edit) => toTextEdit(target.lines, edit));
  if (!support.documentChanges) return { changes: { [uri]: plain } };
  const first = edits[0];
  const rich: (TextEdit | SnippetTextEdit)[] = [...plain];
  if (support.snippets && select !== undefined && first !== undefined) {
    rich[0] = {
      range: toRange(target.lines, first),
      snippet: { kind: "snippet", value: snippet(first.newText, select) },
    };
  }
  const change: TextDocumentEdit = { textDocument: { uri, version: target.version }, edits: rich };
  return { documentChanges: [change] };
}

/** A change of a config file, or the making of one: never on top of one that could not be read. */
export function fileEdit(
  uri: string,
  before: Other | undefined,
  edits: readonly Edit[],
  support: ActionSupport,
): WorkspaceEdit | undefined {
  if (before !== undefined) return draftEdit(uri, before, edits, support);
  if (!support.documentChanges || !support.createFile) return undefined;
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: "create", uri, options: { overwrite: false, ignoreIfExists: false } },
      {
        textDocument: { uri, version: null },
        edits: edits.map(({ newText }) => ({ range: { start, end: start }, newText })),
      },
    ],
  };
}

/** An action without its edit. */
export function toCodeAction(offer: Offer, diagnostics: readonly Diagnostic[]): CodeAction {
  const action: CodeAction = { title: offer.title, kind: offer.kind };
  if (diagnostics.length > 0) action.diagnostics = [...diagnostics];
  if (offer.preferred) action.isPreferred = true;
  if (offer.doing.type === "command") action.command = offer.doing.command;
  return action;
}

function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
}

function fixOffers({ draft, findings }: Judged, finding: Finding, isClosest: boolean): Offer[] {
  const fixes = [...restorations(draft, findings, finding), ...(finding.fixes ?? [])].filter(
    // What can't be done without damage has no edits.
    ({ edits }) => edits.length > 0,
  );
  return fixes.map((fix, index) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    // One is chosen without a menu: only what is surely meant.
    preferred: isClosest && index === 0 && (fix.safe || fix.preferred === true),
    finding,
    doing: { type: "fix", fix },
  }));
}

/** Ways to look at the other place a finding speaks of. */
function placeOffers(
  judged: Judged,
  finding: Finding,
  support: ActionSupport,
  other: (name: string) => OtherDraft | undefined,
): Offer[] {
  const related = finding.related?.[0];
  if (related === undefined) return [];
  const target = related.uri === undefined ? judged : other(related.uri);
  if (target === undefined) return [];
  const place = { uri: target.uri, range: toRange(target.lines, related) };
  const here = { uri: judged.uri, range: toRange(judged.lines, finding) };
  const found: Offer[] = [];
  const offer = (title: string, command: string, args: unknown[]): void => {
    found.push({
      title,
      kind: CodeActionKind.QuickFix,
      preferred: false,
      finding,
      doing: { type: "command", command: { title, command, arguments: args } },
    });
  };
  if (support.showDocument) offer("Go to the other", GO_TO, [place]);
  // A word or a bracket is seen at a glance; only a passage is worth two columns.
  const passage = Math.min(related.end - related.start, finding.end - finding.start) >= 40;
  if (support.compare && passage) offer("Open both side by side", COMPARE, [place, here]);
  return found;
}

const STET = "Stet: let it stand";

/** Ways to let a finding stand. */
function settleOffers(judged: Judged, finding: Finding): Offer[] {
  const found: Offer[] = [];
  const offer = (title: string, doing: Doing): void => {
    found.push({ title, kind: CodeActionKind.QuickFix, preferred: false, finding, doing });
  };
  const newline = newlineOf(judged.draft.text);
  const comment = commentOf(judged);
  const at = comment && commentPlace(judged, finding);
  const commented = (words: string): string =>
    comment === undefined ? words : `${comment.open} ${words} ${comment.close}`.trimEnd();
  offer(
    STET,
    at === undefined
      ? { type: "stet", entry: stetEntry(judged.draft, finding) }
      : {
          type: "edits",
          edits: [
            {
              start: at,
              end: at,
              newText: `${commented(`stet ${finding.rule}`)}${newline}${newline}`,
            },
          ],
        },
  );
  const phrase = phraseOf(judged.draft.text, finding);
  if (phrase !== undefined) {
    offer(`Accept “${phrase}” in this project`, { type: "accept", phrase });
  }
  const turnOff = `Turn “${finding.rule}” off for this draft`;
  if (comment !== undefined) {
    const top = topOf(judged.draft);
    const newText = `${commented(`stet-file ${finding.rule}`)}${newline}${newline}`;
    offer(turnOff, { type: "edits", edits: [{ start: top, end: top, newText }] });
  } else if (!isUntitled(judged.uri)) {
    offer(turnOff, { type: "turn-off", rule: finding.rule });
  }
  return found;
}

/** Where a stet comment for a finding can stand: before a block of its own, at the top level. */
function commentPlace(judged: Judged, finding: Finding): number | undefined {
  const index = blockAt(judged.draft, finding.start);
  const block = judged.draft.blocks[index];
  const start = judged.draft.starts[index];
  if (block === undefined || start === undefined) return undefined;
  const nested = block.listDepth > 0 || block.quoteDepth > 0 || block.kind === "cell";
  if (nested || block.continues) return undefined;
  const { text } = judged.draft;
  const lineStart = start === 0 || text[start - 1] === "\n" || text[start - 1] === "\r";
  return lineStart ? start : undefined;
}

/** How comments are written in the draft; undefined where there are none that stay out of print. */
function commentOf({ draft, languageId, uri }: Judged): CommentSyntax | undefined {
  return commentIn(draft.format, languageId, uri);
}

/** The first place after the front matter. */
function topOf(draft: Draft): number {
  const first = draft.blocks.findIndex((block) => block.kind !== "metadata");
  return (first < 0 ? undefined : draft.starts[first]) ?? draft.text.length;
}

/** The words a finding marks, where they may be a name, a title or a doubled word, and not what a cut left. */
function phraseOf(text: string, finding: Finding): string | undefined {
  if (!canBeAccepted(RULES, finding.rule) || finding.end - finding.start > 60) return undefined;
  const phrase = text.slice(finding.start, finding.end).trim();
  const spoken = /\p{L}/u.test(phrase) && !/[\r\n]/.test(phrase) && !phrase.includes(MASK);
  return spoken ? phrase : undefined;
}

function newlineOf(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
}

/** The snippet of a text in which the client selects a span. */
function snippet(text: string, select: Span): string {
  const plain = (part: string): string => part.replace(/[\\$}]/g, "\\$&");
  const before = plain(text.slice(0, select.start));
  const chosen = plain(text.slice(select.start, select.end));
  return `${before}\${1:${chosen}}${plain(text.slice(select.end))}`;
}

/** Offers that read the same do the same: one is enough. */
function distinct(found: readonly Offer[]): Offer[] {
  const seen = new Set<string>();
  return found.filter((offer) => {
    const { doing } = offer;
    const key = `${offer.title}\n${doing.type === "fix" ? JSON.stringify(doing.fix.edits) : ""}`;
    // Each finding has its own other place and its own entry.
    if (doing.type === "command" || doing.type === "stet") return true;
    if (doing.type === "edits" && offer.kind === CodeActionKind.QuickFix) {
      const place = `${key}${JSON.stringify(doing.edits)}`;
      if (seen.has(place)) return false;
      seen.add(place);
      return true;
    }
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Titles that tell offers apart: by the rule they are about, then by the place. */
function told(found: readonly Offer[], lines: Lines): Offer[] {
  const byRule = retitled(found, ({ title, finding: { rule } }) =>
    title === STET ? `Stet: let “${rule}” stand` : `${title} (${rule})`,
  );
  const place = (finding: Finding): string => `line ${positionAt(lines, finding.start).line + 1}`;
  const byLine = retitled(byRule, ({ title, finding }) => `${title}, ${place(finding)}`);
  return retitled(byLine, ({ title, finding }) => {
    const { character } = positionAt(lines, finding.start);
    return `${title}, column ${character + 1}`;
  });
}

/** Gives those of one title another, where the other would tell some of them apart. */
function retitled(
  found: readonly Offer[],
  longer: (offer: Offer & { readonly finding: Finding }) => string,
): Offer[] {
  const titles = new Map<string, Set<string>>();
  const longTitle = ({ finding, ...offer }: Offer): string =>
    finding === undefined ? offer.title : longer({ ...offer, finding });
  for (const offer of found) {
    titles.set(offer.title, (titles.get(offer.title) ?? new Set()).add(longTitle(offer)));
  }
  return found.map((offer) => {
    const title = (titles.get(offer.title)?.size ?? 0) > 1 ? longTitle(offer) : offer.title;
    if (title === offer.title) return offer;
    const { doing } = offer;
    return doing.type === "command"
      ? { ...offer, title, doing: { ...doing, command: { ...doing.command, title } } }
      : { ...offer, title };
  });
}
