import { deletionFix, findDeletion } from "../deletion/deletion.ts";
import type { Draft } from "../draft/draft.ts";
import type { Fix, Related, Report } from "../draft/finding.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { quotationFrom } from "../draft/quotation.ts";
import {
  partnersToRead,
  type PassageCopy,
  type SharedPassage,
  sharedWithOthers,
  type WholeCopy,
} from "../repeats/elsewhere.ts";
import { formatLines, type Passage } from "../repeats/passage.ts";
import {
  differences,
  formatDifference,
  formatExtent,
  isNeededThere,
  quotePassage,
  takesTheSame,
} from "../repeats/report.ts";
import { isOfSentences } from "../repeats/sentence-starts.ts";
import { titleBlock, titleSpan } from "../repeats/title.ts";
import { ending, messageAbout } from "../text/excerpt.ts";
import { workspaceRule } from "./rule.ts";

export const repeatedElsewhere = workspaceRule({
  id: "repeated-elsewhere",
  kind: "repeat",
  scope: "workspace",
  severity: "information",
  english: false,
  needsDraft: true,
  summary: "A passage that stands in another draft too, exactly or with some words changed.",
  docs: {
    description:
      "Two people pasted the same background, or a passage was moved and not cut. It is shown in the draft that was written later, by a date in its front matter or its path, else by the order of the paths; in the other it is a hint, and each is linked to the other. It is shown as loudly as the odds that it is an accident; what is a hint in the later draft is not shown in the other. What may be shared on purpose is a hint at most: introductions and endings that both have, a note in one of them, what two dated posts share, what a third draft has as well. What is shared on purpose by its place or by the drafts' names (parts of a series, the page of a folder and the pages in it, what stands under the title of the other draft, or under the same label in both) is reported only if `galley.repeats.sensitivity` is eager. A teaser of at most 100 words that links to its page, or stands under a heading that does, is left alone. A passage that stands in more drafts than `maxDrafts` is boilerplate (an author's note, a licence) and left alone. Where nine tenths of a draft are in another, that is said once in each of the two, at the title or where the draft was pasted, and what else they share is not; with dates in both it says which is earlier. Files such as README.md, a draft and what was published from it, two that are the same in fewer than 60 words, and one that more than `maxDrafts` have get a hint in the copy alone. Only if `galley.repeats.sensitivity` is eager it is reported what two versions or translations of a page share, or the pages of one name of two products (`cloud/admin/list.md`, `server/admin/list.md`), and a draft of fewer than 60 words, or of one pattern, in a longer one. On the command line, drafts are compared with the drafts given.",
    flagged: [],
    fine: [],
  },
  options: {
    minWords: {
      type: "integer",
      default: 12,
      minimum: 12,
      maximum: 200,
      description: "Passages with fewer words than this are not reported.",
    },
    maxDrafts: {
      type: "integer",
      default: 3,
      minimum: 2,
      maximum: 50,
      description: "A passage that is in more drafts than this is not reported.",
    },
  },
  partners: ({ uri, index, sensitivity }, options) =>
    partnersToRead(uri, index, { ...options, sensitivity }),
  check: ({ uri, index, readDraft, getName, sensitivity }, options) => {
    const { wholes, passages } = sharedWithOthers(uri, index, readDraft, {
      ...options,
      sensitivity,
    });
    return [
      ...wholeReport(wholes, getName),
      ...wholes.flatMap((whole) => pastedReport(whole, getName)),
      ...passages.map((passage) => toReport(passage, getName)),
    ];
  },
});

function toReport(
  { here, copies, severity }: SharedPassage,
  getName: (uri: string) => string,
): Report {
  const named = copies.map(
    ({ uri, passage }) =>
      `${formatLines(passage, linesOfDraft(passage.draft))} of ${shortName(getName(uri))}`,
  );
  const [only, ...more] = copies;
  const how = only === undefined || more.length > 0 ? "" : formatDifference(only);
  return {
    start: here.start,
    end: here.end,
    severity,
    message: messageAbout(
      quotePassage(here),
      (words) => `“${words}”${formatExtent(here)} repeats ${listed(named)}${how}. Keep one.`,
    ),
    related: copies.map((copy): Related => ({
      uri: copy.uri,
      start: copy.passage.start,
      end: copy.passage.end,
      message: differences(copy, copy.sequence, copy.otherSequence),
    })),
    fixes: toFixes(here, copies, getName),
  };
}

function toFixes(
  here: Passage,
  copies: readonly PassageCopy[],
  getName: (uri: string) => string,
): Fix[] {
  const text = here.draft.text.slice(here.start, here.end);
  // A safe fix is offered only in the later of two drafts, so that one copy always remains.
  const safe = copies.some(
    (copy) =>
      copy.isLater && copy.passage.draft.text.slice(copy.passage.start, copy.passage.end) === text,
  );
  const fixes: Fix[] = [];
  const deletion = findDeletion(here.draft, here);
  if (deletion !== undefined) {
    const { edits } = deletion;
    const isSafe =
      safe &&
      !deletion.orphans &&
      !isNeededThere(here) &&
      copies.every(
        (copy) =>
          isOfSentences(copy.sequence, copy.here.start, copy.here.end) &&
          takesTheSame(deletion, copy.passage),
      );
    fixes.push({ title: "Delete this copy", safe: isSafe, kind: "repeat", edits });
  }
  for (const { uri, passage } of copies) {
    const title = `Delete the copy in ${shortName(getName(uri))}`;
    fixes.push(deletionFix({ title, kind: "repeat", uri, draft: passage.draft, span: passage }));
  }
  return fixes;
}

/** The report of a draft that is in others: loud where it is by accident in one, and then it names no others. */
function wholeReport(all: readonly WholeCopy[], getName: (uri: string) => string): Report[] {
  const within = all.filter(({ here }) => here === undefined);
  const loud = within.filter(({ isLoud }) => isLoud);
  const wholes = loud.length > 0 ? loud : within;
  const [first] = wholes;
  if (first === undefined) return [];
  const { draft, isDatedLater, isLoud } = first;
  const names = listed(wholes.map(({ uri }) => shortName(getName(uri))));
  const isUndated = wholes.length > 1 || isDatedLater === undefined;
  const how = isUndated ? " too" : ` (dated ${isDatedLater ? "later" : "earlier"})`;
  const says = `${formatShare(first)} of this draft stands in ${names}${how}.`;
  return [
    {
      ...titleSpan(draft),
      ...(isLoud ? {} : { severity: "hint" }),
      message: messageAbout(
        quoteTitle(draft),
        (words) => `“${words}”: ${says}${isLoud ? " Keep one." : ""}`,
      ),
      related: wholes.map(toRelated),
      wholeDraft: true,
    },
  ];
}

/** The report of another draft that was pasted into this one. */
function pastedReport(whole: WholeCopy, getName: (uri: string) => string): Report[] {
  const { uri, draft, here } = whole;
  if (here === undefined) return [];
  const says = `${formatShare(whole)} of ${shortName(getName(uri))} stands here. Keep one.`;
  return [
    {
      start: here.start,
      end: here.end,
      message: messageAbout(
        quotePassage(here),
        (words) => `“${words}”${formatExtent(here)}: ${says}`,
      ),
      related: [toRelated(whole)],
      fixes: [deletionFix({ title: "Delete this copy", kind: "repeat", draft, span: here })],
    },
  ];
}

function formatShare({ percent }: WholeCopy): string {
  return percent >= 100 ? "all" : `${percent} %`;
}

function toRelated({ uri, there: { start, end } }: WholeCopy): Related {
  return { uri, start, end, message: "The other draft" };
}

function quoteTitle(draft: Draft): (most: number) => string {
  const block = draft.blocks[titleBlock(draft)];
  return block === undefined ? () => "" : quotationFrom(block);
}

function listed(items: readonly string[]): string {
  const [first = "", ...others] = items;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** The end of a draft's name, by which it is known. */
function shortName(name: string): string {
  return ending(name, MAX_NAME).trim();
}

/** So much of a name is shown, in UTF-16 units. */
const MAX_NAME = 32;
