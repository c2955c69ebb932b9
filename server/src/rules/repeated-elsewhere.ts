import { deletionFix, type Deletion } from "../deletion/deletion.ts";
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
  withDifference,
  aboutPassage,
  isNeededThere,
  takesTheSame,
} from "../repeats/report.ts";
import { isOfSentences } from "../repeats/sentence-starts.ts";
import { titleBlock, titleSpan } from "../repeats/title.ts";
import { ending, messageAbout, type Quote } from "../text/excerpt.ts";
import { workspaceRule } from "./rule.ts";
import { type Argument, type Wording, wording } from "../text/wording.ts";

export const repeatedElsewhere = workspaceRule({
  id: "repeated-elsewhere",
  kind: "repeat",
  scope: "workspace",
  severity: "information",
  english: false,
  needsDraft: true,
  summary: "A passage that is also in another draft, exactly or with some words changed.",
  docs: {
    description:
      "Two people pasted the same background, or a passage was moved but not cut. The rule reports it in the draft that was written later, judging by a date in its front matter or its path, or else by the order of the paths. In the other draft it is a hint, and each links to the other. The more likely it is an accident, the higher the severity. If it is a hint in the later draft, the other shows nothing. A paragraph of 40 words or more that is the same in exactly two drafts, or in which only a figure differs, is at least a hint, whatever the two are about and wherever it is.\n\nIf nine tenths of a draft are in another, the rule says so once in each of the two, at the title or where the draft was pasted. Anything else they share is not reported. If both have dates, it says which is earlier.\n\nAt most a hint, because it may be shared on purpose: introductions and endings that both drafts have, a note in one of them, what two dated posts share, and what a third draft has too. A hint in the copy alone, if the two are equal: a draft and what was published from it, parts of a series, files such as AGENTS.md, drafts of fewer than 60 words, and one that more than `maxDrafts` drafts contain.\n\nReported only if `galley.repeats.sensitivity` is `eager`:\n\n- what is shared because of its place or the drafts’ names: parts of a series, the page of a folder and the pages in it, what is under the other draft’s title, or under the same label in both\n- two versions or translations of a page\n- pages of the same name for two products (`cloud/admin/list.md`, `server/admin/list.md`)\n- what a README or CONTRIBUTING has in common with drafts of its folder and below, and what READMEs of packages have in common\n- passages with headings or list items that begin with code\n- nine tenths of a draft in another that was kept on purpose, is of one pattern with it, has fewer than 60 words in sentences, or begins with links, such as a page of a manual that is there in one piece, too\n\nLeft alone are a teaser of at most 100 words that links to its page, or is under a heading that does, and a passage in more drafts than `maxDrafts`, which is boilerplate (an author’s note, a licence). On the command line, Galley compares the drafts you give it.",
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
      ...passages.flatMap((passage) => toReport(passage, getName)),
    ];
  },
});

function toReport(
  { here, copies, severity }: SharedPassage,
  getName: (uri: string) => string,
): Report[] {
  const [first] = copies;
  if (first === undefined) return [];
  const lines = formatLines(first.passage, linesOfDraft(first.passage.draft));
  const named = wording("{0} of {1}", lines, shortName(getName(first.uri)));
  const others = copies.length - 1;
  const place = others > 0 ? andMore(named, others) : withDifference(named, first);
  return [
    {
      start: here.start,
      end: here.end,
      severity,
      message: aboutPassage(here, (passage) =>
        wording("{0} repeats {1}. Keep one.", passage, place),
      ),
      related: copies.map((copy): Related => ({
        uri: copy.uri,
        start: copy.passage.start,
        end: copy.passage.end,
        message: differences(copy, copy.sequence, copy.otherSequence),
      })),
      fixes: toFixes(here, copies, getName),
    },
  ];
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
  const isSafe = (deletion: Deletion): boolean =>
    !isNeededThere(here) &&
    copies.every(
      (copy) =>
        isOfSentences(copy.sequence, copy.here.start, copy.here.end) &&
        takesTheSame(deletion, copy.passage),
    );
  return [
    deletionFix({
      title: wording("Delete this copy"),
      kind: "repeat",
      draft: here.draft,
      span: here,
      isSafe: safe ? isSafe : undefined,
    }),
    ...copies.map(({ uri, passage }) => {
      const title = wording("Delete the copy in {0}", shortName(getName(uri)));
      return deletionFix({ title, kind: "repeat", uri, draft: passage.draft, span: passage });
    }),
  ];
}

/** The report of a draft that others contain. It is loud if one contains it by accident, and then names no others. */
function wholeReport(all: readonly WholeCopy[], getName: (uri: string) => string): Report[] {
  const within = all.filter(({ here }) => here === undefined);
  const loud = within.filter(({ isLoud }) => isLoud);
  const wholes = loud.length > 0 ? loud : within;
  const [first] = wholes;
  if (first === undefined) return [];
  const { draft, isDatedLater, isLoud } = first;
  const name = shortName(getName(first.uri));
  const others = wholes.length - 1;
  const says =
    others > 0 || isDatedLater === undefined
      ? alsoIn(first, others > 0 ? andMore(name, others) : name)
      : containedIn(
          first,
          isDatedLater ? wording("{0} (dated later)", name) : wording("{0} (dated earlier)", name),
        );
  return [
    {
      ...titleSpan(draft),
      ...(isLoud ? {} : { severity: "hint" }),
      message: messageAbout(
        quoteTitle(draft),
        isLoud ? wording("{0} {1}", says, wording("Keep one.")) : says,
      ),
      related: wholes.map(toRelated),
      wholeDraft: true,
    },
  ];
}

/** The report of another draft that was pasted into this one. */
function pastedReport(whole: WholeCopy, getName: (uri: string) => string): Report[] {
  const { uri, draft, here, percent } = whole;
  if (here === undefined) return [];
  const name = shortName(getName(uri));
  return [
    {
      start: here.start,
      end: here.end,
      message: aboutPassage(here, (passage) =>
        percent >= 100
          ? wording("{0}: all of {1} is here. Keep one.", passage, name)
          : wording("{0}: {1} % of {2} is here. Keep one.", passage, percent, name),
      ),
      related: [toRelated(whole)],
      fixes: [
        deletionFix({ title: wording("Delete this copy"), kind: "repeat", draft, span: here }),
      ],
    },
  ];
}

function alsoIn({ percent }: WholeCopy, name: Argument): Wording {
  return percent >= 100
    ? wording("all of this draft is also in {0}.", name)
    : wording("{0} % of this draft is also in {1}.", percent, name);
}

function containedIn({ percent }: WholeCopy, name: Argument): Wording {
  return percent >= 100
    ? wording("all of this draft is in {0}.", name)
    : wording("{0} % of this draft is in {1}.", percent, name);
}

function toRelated({ uri, there: { start, end } }: WholeCopy): Related {
  return { uri, start, end, message: wording("The other draft") };
}

function quoteTitle(draft: Draft): Quote {
  const block = draft.blocks[titleBlock(draft)];
  return block === undefined ? () => "" : quotationFrom(block);
}

function andMore(first: Argument, others: number): Wording {
  return others === 1
    ? wording("{0} and 1 more", first)
    : wording("{0} and {1} more", first, others);
}

/** The end of a draft's name, which identifies it. */
function shortName(name: string): string {
  return ending(name, MAX_NAME).trim();
}

/** How much of a name is shown, in UTF-16 units. */
const MAX_NAME = 32;
