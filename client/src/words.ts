import type { DraftState, KindWay, UnreadyDraft } from "../../server/src/protocol.ts";

/* What the client says of drafts, in words. */

type Counts = DraftState["counts"];

/** How many findings there are to look at: hints are not counted. */
export function total({ error, warning, information }: Counts): number {
  return error + warning + information;
}

/** “2 warnings, 1 note, 3 hints”; “Nothing found, 3 hints” where there is nothing else. */
export function countsInWords(counts: Counts): string {
  const parts = [
    [counts.error, "error"],
    [counts.warning, "warning"],
    [counts.information, "note"],
    [counts.hint, "hint"],
  ] as const;
  const words = parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}${count === 1 ? "" : "s"}`);
  return [...(total(counts) === 0 ? ["Nothing found"] : []), ...words].join(", ");
}

/** The state of a draft as a message. */
export function stateInWords({ state, counts }: DraftState): string {
  switch (state) {
    case "no draft":
      return "This is not a draft that Galley reads";
    case "off":
      return "Galley is switched off for this draft";
    case "on":
      return countsInWords(counts);
  }
}

/** The text of the language status. What is longer is cut off, with the button behind it. */
export function languageStatusText({ state, counts, kind }: DraftState): string {
  switch (state) {
    case "no draft":
      return kind === undefined ? "Galley: not a draft" : `Galley: ${kind} files are not read`;
    case "off":
      return "Galley: off for this draft";
    case "on": {
      const found = total(counts);
      if (found > 0) return `Galley: ${found} to look at`;
      const { hint } = counts;
      return hint === 0 ? "Galley: nothing found" : `Galley: ${hint} hint${hint === 1 ? "" : "s"}`;
    }
  }
}

/** What the status bar shows: an icon, a number, and the same for a screen reader. */
export interface StatusBarText {
  readonly text: string;
  readonly label: string;
}

/** The text of the status-bar item; undefined: it is hidden. */
export function statusBarText(found: DraftState): StatusBarText | undefined {
  const { state, counts } = found;
  if (state === "no draft") return undefined;
  if (state === "off") return { text: "$(book) off", label: "Galley is off for this draft" };
  const figure = String(total(counts)).padStart(2, FIGURE_SPACE);
  return { text: `$(book) ${figure}`, label: `Galley: ${stateInWords(found)}` };
}

/** As wide as a figure, so that what stands beside the item stays where it is. */
const FIGURE_SPACE = "\u2007";

/** The tooltip of the status-bar item, one thing a line. */
export function statusBarTooltip(found: DraftState): string {
  const { state, counts, kinds, offInDraft, offInSettings } = found;
  const lines = [`Galley: ${stateInWords(found)}`];
  if (state === "on") {
    lines.push(...kinds.map(({ kind, count }) => `${kind}: ${count}`));
    if (total(counts) > 0) lines.push("Click for the first one.");
  }
  if (offInDraft.length > 0) lines.push(`Off for this draft: ${offInDraft.join(", ")}`);
  if (offInSettings.length > 0) lines.push(`Off here: ${offInSettings.join(", ")}`);
  return lines.join("\n");
}

/** Whether a draft may be published: “Not yet: 2 warnings, 3 hints”, “Nothing found, 3 hints”. */
export function verdictInWords(found: DraftState): string {
  const isReady = found.state !== "on" || total(found.counts) === 0;
  return `${isReady ? "" : "Not yet: "}${stateInWords(found)}`;
}

/** What makes a draft of a file that is none only by its kind. */
export function offerInWords(kind: string, onlyFile: boolean): string {
  return onlyFile ? "Read this file" : `Read ${kind} in this folder`;
}

/** Where a finding stands that is listed: “line 7”, and that it is a hint; `line` is counted from 0. */
export function placeInWords(line: number, severity: keyof Counts): string {
  return `line ${line + 1}${severity === "hint" ? ", hint" : ""}`;
}

/** What is left in a draft, for a list: “2 warnings, 1 note: Lost words, Leftovers”. */
export function leftInWords({ counts, kinds }: Pick<UnreadyDraft, "counts" | "kinds">): string {
  return `${countsInWords(counts)}: ${kinds.map(({ kind }) => kind).join(", ")}`;
}

/** How many drafts are ready, for the head of a list; `hints` are those in drafts with nothing else. */
export function readinessInWords(drafts: number, notReady: number, hints: number): string {
  if (drafts === 0) return "There are no drafts here that Galley reads.";
  if (notReady === 0) {
    const left = hints === 0 ? "" : `, with ${hints} ${hints === 1 ? "hint" : "hints"} left`;
    return drafts === 1
      ? `The draft here is ready${left}.`
      : `All ${drafts} drafts are ready${left}.`;
  }
  const verb = notReady === 1 ? "is" : "are";
  return `${notReady} of ${drafts} ${drafts === 1 ? "draft" : "drafts"} ${verb} not ready yet.`;
}

/** At how many places a mark was put where words are missing. */
export function marksInWords(count: number): string {
  if (count === 0) return "No words are missing in this draft, as far as Galley sees.";
  return `Marked ${placesInWords(count)} where words are missing.`;
}

/** What git still has of a draft's lost words: “3 places”. */
export function placesInWords(count: number): string {
  return `${count} ${count === 1 ? "place" : "places"}`;
}

/** What was done with findings of a kind: “3 corrections made: Doubled words”. */
export function wayInWords(way: KindWay, count: number, kind: string): string {
  const [one, many, done] = WAYS[way];
  return `${count} ${count === 1 ? one : many} ${done}: ${kind}`;
}

const WAYS: Readonly<Record<KindWay, readonly [string, string, string]>> = {
  fix: ["correction", "corrections", "made"],
  mark: ["place", "places", "marked"],
  stet: ["finding", "findings", "let stand"],
};

/** What a stet is called when it is done: “Let it stand: this place (Lost words, line 4)”. */
export function suppressionTitle(label: string, about: string): string {
  return `Let it stand: ${label.replace(/^[A-Z]/, (letter) => letter.toLowerCase())} (${about})`;
}

/** What an action did to a file that the user does not look at. */
export function changedMessage(names: string, title: string, isUnsaved: boolean): string {
  return withoutLinks(`${names} was changed: ${title}.${isUnsaved ? " It is not saved yet." : ""}`);
}

/** A message in which no words of a draft and no name of a file is a link: VS Code makes one of `[words](address)`. */
export function withoutLinks(message: string): string {
  return message.replaceAll("](", "] (");
}
