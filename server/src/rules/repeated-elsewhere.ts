import { deletionFix, findDeletion } from "../deletion/deletion.ts";
import type { Draft } from "../draft/draft.ts";
import type { Fix, Related, Report } from "../draft/finding.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { changedWords } from "../repeats/changes.ts";
import {
  partnersToRead,
  type PassageCopy,
  type SharedPassage,
  sharedWithOthers,
} from "../repeats/elsewhere.ts";
import { formatLines, type Passage } from "../repeats/passage.ts";
import {
  differences,
  formatExtent,
  isNeededThere,
  quotePassage,
  takesTheSame,
} from "../repeats/report.ts";
import { isOfSentences } from "../repeats/sentence-starts.ts";
import { ending, messageAbout } from "../text/excerpt.ts";
import { workspaceRule } from "./rule.ts";

export const repeatedElsewhere = workspaceRule({
  id: "repeated-elsewhere",
  scope: "workspace",
  severity: "information",
  english: false,
  summary: "A passage that stands in another draft too, exactly or with some words changed.",
  docs: {
    description:
      "Two people pasted the same background, or a passage was moved and not cut. It is shown in the draft that was written later, by a date in its front matter or its path, else by the order of the paths; in the other it is a hint, and each is linked to the other. It is shown as loudly as the odds that it is an accident; what is a hint in the later draft is not shown in the other. What is shared on purpose is a hint at most: passages of versions, translations and parts of a series, shared introductions and endings, a teaser that links to its page, what a third draft has as well. A passage that stands in more drafts than `maxDrafts` is boilerplate (an author's note, a licence) and left alone. A draft that as a whole is a copy of another gets one hint on its first line. On the command line, drafts are compared with the drafts given.",
    flagged: [],
    fine: [],
  },
  options: {
    minWords: {
      type: "integer",
      default: 12,
      minimum: 12,
      maximum: 200,
      description: "The fewest words a passage must have to be told.",
    },
    maxDrafts: {
      type: "integer",
      default: 3,
      minimum: 2,
      maximum: 50,
      description: "A passage that stands in more drafts than this is left alone.",
    },
  },
  partners: ({ uri, index, sensitivity }, options) =>
    partnersToRead(uri, index, { ...options, sensitivity }),
  check: ({ uri, index, readDraft, getName, sensitivity }, options) => {
    const shared = sharedWithOthers(uri, index, readDraft, { ...options, sensitivity });
    return "passages" in shared
      ? shared.passages.map((passage) => toReport(passage, getName))
      : [wholeCopy(shared.draft, shared.wholeCopyOf, shared.percent, getName)];
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
  const changed = changedWords(copies[0]?.changes ?? []);
  const how =
    copies.length > 1 || changed === 0
      ? ""
      : `, with ${changed} ${changed === 1 ? "word" : "words"} changed`;
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
      message: differences(copy.changes, copy.sequence, copy.otherSequence),
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

function wholeCopy(
  draft: Draft,
  other: string,
  percent: number | undefined,
  getName: (uri: string) => string,
): Report {
  const end = draft.text.search(/[\r\n]|$/);
  const share = percent === undefined || percent >= 100 ? "" : `, ${percent} % of it`;
  return {
    start: 0,
    end,
    severity: "hint",
    message: `This draft stands in ${shortName(getName(other))} too${share}. Its passages are not told one by one.`,
    related: [{ uri: other, start: 0, end: 0, message: "The other draft" }],
  };
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
