import { l10n } from "vscode";
import type { DraftState, KindWay, ListedStet, UnreadyDraft } from "../../server/src/protocol.ts";

/*
 * What the client says about drafts, in VS Code's language. Texts here are English; the others are in `l10n/`, by their
 * English key.
 */

type Counts = DraftState["counts"];

/** How many findings there are without hints. */
export function total({ error, warning, information }: Counts): number {
  return error + warning + information;
}

/** “2 warnings, 1 note, 3 hints”; “Nothing found, 3 hints” if there are only hints. */
export function countsInWords(counts: Counts): string {
  const { error, warning, information, hint } = counts;
  const parts = [
    [error, l10n.t("1 error"), l10n.t("{0} errors", error)],
    [warning, l10n.t("1 warning"), l10n.t("{0} warnings", warning)],
    [information, l10n.t("1 note"), l10n.t("{0} notes", information)],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map((part) => counted(...part));
  if (words.length === 0) words.push(l10n.t("Nothing found"));
  return inList(hint === 0 ? words : [...words, hintsInWords(hint)]);
}

function hintsInWords(count: number): string {
  return counted(count, l10n.t("1 hint"), l10n.t("{0} hints", count));
}

function counted(count: number, one: string, several: string): string {
  return count === 1 ? one : several;
}

/** Items separated by the language's comma. */
function inList(items: readonly string[]): string {
  return items.length === 0 ? "" : items.reduce((first, next) => l10n.t("{0}, {1}", first, next));
}

/** The state of a draft, as a message. */
export function stateInWords({ state, counts }: DraftState): string {
  switch (state) {
    case "no draft":
      return l10n.t("This is not a draft that Galley reads");
    case "off":
      return l10n.t("Off for this draft");
    case "paused":
      return l10n.t("Paused until midnight");
    case "on":
      return countsInWords(counts);
  }
}

/** The text of the language status. A longer one would be cut off, with the button behind it. */
export function languageStatusText(found: DraftState): string {
  const { state, kind } = found;
  if (state !== "no draft") return ofGalley(stateInWords(found));
  return kind === undefined
    ? l10n.t("Galley: not a draft")
    : l10n.t("Galley: {0} files are not read", kind);
}

/** The status bar item: an icon, a number, and a label for screen readers. */
export interface StatusBarText {
  readonly text: string;
  readonly label: string;
}

/** The text of the status bar item; undefined hides it. */
export function statusBarText(found: DraftState): StatusBarText | undefined {
  const { state, counts } = found;
  if (state === "no draft") return undefined;
  const label = ofGalley(stateInWords(found));
  if (state === "off") return { text: `$(book) ${l10n.t("off")}`, label };
  if (state === "paused") return { text: `$(book) ${l10n.t("paused")}`, label };
  const figure = String(total(counts)).padStart(2, FIGURE_SPACE);
  return { text: `$(book) ${figure}`, label };
}

/** As wide as a digit, so that the neighbours of the item don't move. */
const FIGURE_SPACE = "\u2007";

/** The tooltip of the status bar item, one fact per line. */
export function statusBarTooltip(found: DraftState): string {
  const { state, counts, kinds, offInDraft, offInSettings } = found;
  const lines = [ofGalley(stateInWords(found))];
  if (state === "on") {
    lines.push(...kinds.map(({ kind, count }) => l10n.t("{0}: {1}", kind, count)));
    if (total(counts) > 0) lines.push(l10n.t("Click to go to the first one."));
  }
  if (state === "paused") lines.push(l10n.t("Click to end the pause."));
  if (offInDraft.length > 0) lines.push(l10n.t("Off in this draft: {0}", inList(offInDraft)));
  if (offInSettings.length > 0) {
    lines.push(l10n.t("Off in the settings: {0}", inList(offInSettings)));
  }
  return lines.join("\n");
}

/** A text that names Galley, for where nothing else does. */
export function ofGalley(words: string): string {
  return l10n.t("Galley: {0}", words);
}

/** Whether a draft may be published: “Not yet: 2 warnings, 3 hints”, “Nothing found, 3 hints”. */
export function verdictInWords(found: DraftState): string {
  const isReady = found.state !== "on" || total(found.counts) === 0;
  return isReady ? stateInWords(found) : l10n.t("Not yet: {0}", stateInWords(found));
}

/** The offer to include a file whose kind is not included. */
export function offerInWords(kind: string, onlyFile: boolean): string {
  return onlyFile ? l10n.t("Read this file") : l10n.t("Read {0} in this folder", kind);
}

/** Where a listed finding is: “line 7”, and that it is a hint; `line` is counted from 0. */
export function placeInWords(line: number, severity: keyof Counts): string {
  const place = l10n.t("line {0}", line + 1);
  return severity === "hint" ? inList([place, severityInWords(severity)]) : place;
}

/** The same for a screen reader, which doesn't see the icon. */
export function placeAloud(line: number, severity: keyof Counts): string {
  return inList([severityInWords(severity), l10n.t("line {0}", line + 1)]);
}

function severityInWords(severity: keyof Counts): string {
  return {
    error: l10n.t("error"),
    warning: l10n.t("warning"),
    information: l10n.t("note"),
    hint: l10n.t("hint"),
  }[severity];
}

/** The findings of a draft, for a list: “2 warnings, 1 note: Lost words, Leftovers”. */
export function leftInWords({ counts, kinds }: Pick<UnreadyDraft, "counts" | "kinds">): string {
  return l10n.t("{0}: {1}", countsInWords(counts), inList(kinds.map(({ kind }) => kind)));
}

/** “101 findings”. */
export function findingsInWords(count: number): string {
  return counted(count, l10n.t("1 finding"), l10n.t("{0} findings", count));
}

/** How many drafts are ready, for the top of a list; `hints` are those in drafts without other findings. */
export function readinessInWords(drafts: number, notReady: number, hints: number): string {
  if (notReady === 0) {
    const left = hintsInWords(hints);
    if (drafts === 1) {
      return hints === 0
        ? l10n.t("The draft here is ready.")
        : l10n.t("The draft here is ready, with {0} left.", left);
    }
    return hints === 0
      ? l10n.t("All {0} drafts are ready.", drafts)
      : l10n.t("All {0} drafts are ready, with {1} left.", drafts, left);
  }
  if (drafts === 1) return l10n.t("The draft here is not ready yet.");
  return notReady === 1
    ? l10n.t("1 of {0} drafts is not ready yet.", drafts)
    : l10n.t("{0} of {1} drafts are not ready yet.", notReady, drafts);
}

/** How many places git can still restore: “3 places”. */
export function placesInWords(count: number): string {
  return counted(count, l10n.t("1 place"), l10n.t("{0} places", count));
}

/** What was done about findings of a kind: “3 corrections made: Doubled words”. */
export function wayInWords(way: KindWay, count: number, kind?: string): string {
  const what = {
    fix: counted(count, l10n.t("1 correction made"), l10n.t("{0} corrections made", count)),
    mark: counted(count, l10n.t("1 place marked"), l10n.t("{0} places marked", count)),
    stet: counted(count, l10n.t("1 finding let stand"), l10n.t("{0} findings let stand", count)),
  }[way];
  return kind === undefined ? what : l10n.t("{0}: {1}", what, kind);
}

/** Asks about findings of a kind in several chosen drafts: “Fix 4 of 9 in 3 drafts: Doubled words?” */
export function questionInWords(
  way: KindWay,
  count: number,
  findings: number,
  drafts: number,
  kind: string,
): string {
  if (way === "mark") {
    const places = placesInWords(count);
    return counted(
      drafts,
      l10n.t("Mark {0} in 1 draft: {1}?", places, kind),
      l10n.t("Mark {0} in {1} drafts: {2}?", places, drafts, kind),
    );
  }
  return counted(
    drafts,
    l10n.t("Fix {0} of {1} in 1 draft: {2}?", count, findings, kind),
    l10n.t("Fix {0} of {1} in {2} drafts: {3}?", count, findings, drafts, kind),
  );
}

/** A question's note about findings that are not safe to fix. */
export function leftToLookAt(count: number): string[] {
  if (count === 0) return [];
  return [
    counted(
      count,
      l10n.t("The other one needs a look."),
      l10n.t("The other {0} need a look.", count),
    ),
  ];
}

/** Why nothing was done about some findings. */
export function nothingInWords(way: KindWay): string {
  return {
    fix: l10n.t("Nothing here can be corrected safely. See the light bulb of each finding."),
    mark: l10n.t("No words are missing here, as far as Galley sees."),
    stet: l10n.t("Nothing here can be let stand at once. “Stet…” of each finding asks where."),
  }[way];
}

/** The heading for a kind of suppression. */
export function headingOfStets(type: ListedStet["type"]): string {
  return {
    comment: l10n.t("Comments in drafts"),
    entry: l10n.t("Passages in .galley.json"),
    phrase: l10n.t("Accepted words in .galley.json"),
  }[type];
}

/** What suppresses findings: the kinds that a comment is for, the first words of a passage, or a phrase. */
export function stetInWords({ type, text, kinds }: Omit<ListedStet, "uri" | "range">): string {
  if (type !== "comment") return l10n.t("“{0}”", text);
  const what = kinds.length === 0 ? l10n.t("Everything") : inList(kinds);
  return /\bstet-file\b/.test(text) ? l10n.t("{0}, in the whole draft", what) : what;
}

/** The title of a suppression that was made: “Let it stand: this place (Lost words, line 4)”. */
export function suppressionTitle(label: string, about: string): string {
  const reach = label.replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  return l10n.t("Let it stand: {0} ({1})", reach, about);
}

/** What an action did to a file that the user doesn't see. */
export function changedMessage(names: string, title: string, isUnsaved: boolean): string {
  return withoutLinks(
    isUnsaved
      ? l10n.t("{0} was changed: {1}. It is not saved yet.", names, title)
      : l10n.t("{0} was changed: {1}.", names, title),
  );
}

/** A message without links: VS Code makes one of `[words](address)`, even if they are from a draft or a file's name. */
export function withoutLinks(message: string): string {
  return message.replaceAll("](", "] (");
}

/** “101 findings in 24 drafts”. */
export function reachInWords(findings: number, drafts: number): string {
  if (drafts !== 1) return l10n.t("{0} findings in {1} drafts", findings, drafts);
  return counted(
    findings,
    l10n.t("1 finding in 1 draft"),
    l10n.t("{0} findings in 1 draft", findings),
  );
}

/** A place: “a.md, line 4”; `line` is counted from 0. */
export function lineOfInWords(path: string, line: number): string {
  return l10n.t("{0}, line {1}", path, line + 1);
}
