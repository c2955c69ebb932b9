import type { Block, Draft } from "../draft/draft.ts";
import { blockEnd } from "../draft/draft.ts";
import type { Report } from "../draft/finding.ts";
import type { RuleContext } from "./rule.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { draftRule } from "./rule.ts";
import { indexBlocks } from "../draft/incremental/chunks.ts";
import { placeholderFix } from "./support/placeholder.ts";

export const emptySection = draftRule({
  id: "empty-section",
  scope: "draft",
  severity: "information",
  english: false,
  summary: "A heading, list item or block quotation with nothing in it.",
  docs: {
    description:
      "A heading that is followed at once by the next of its level, or by the end of the draft, promises what isn't there. A list item or block quotation without words is a point that was lost or never written. A heading followed by a deeper one is fine, and so is one under which something stands that other tools fill in: an include, a component, a directive.",
    flagged: [
      { text: "## ⟦The budget⟧\n\n## The bridge\n\nIt was built in 1931.\n" },
      { text: "The council discussed\n\n- the budget\n- the bridge\n⟦-⟧\n" },
    ],
    fine: [
      { text: "# The city\n\n## The bridge\n\nIt was built in 1931.\n" },
      { text: "## Contents\n\n<!-- toc -->\n\n## The bridge\n\nIt was built in 1931.\n" },
    ],
  },
  options: {},
  check,
});

function check(draft: Draft, _options: unknown, context: RuleContext): readonly Report[] {
  const reports: Report[] = [];
  const { markup } = draft.format;
  const written = draft.blocks.some((block) => block.kind !== "heading" && isSomething(block));
  for (const index of promising(draft)) {
    const block = draft.blocks[index];
    if (block === undefined) continue;
    const start = draft.starts[index] ?? 0;
    const end = blockEnd(draft, index);
    if (block.kind === "empty-item" || block.kind === "empty-quote") {
      const what = block.kind === "empty-item" ? "list item" : "block quotation";
      const { at, gap } = markup.emptyPlace(block);
      reports.push({
        start,
        end,
        message: `This ${what} is empty. Write it, or delete its mark.`,
        fixes: [placeholderFix(start + at, context.placeholder, gap)],
      });
      continue;
    }
    // A draft of headings alone is an outline that its writer knows to be empty.
    if (!written || !isEmpty(draft, index)) continue;
    const title = markup.headingWords(block);
    const spaces = block.source.length - block.source.trimEnd().length;
    reports.push({
      start: start + title.start,
      end: start + title.end,
      message: "Nothing stands under this heading. Write the section, or cut the heading.",
      fixes: [
        placeholderFix(
          end - spaces,
          context.placeholder,
          markup.paragraph.before,
          markup.paragraph.after,
        ),
      ],
    });
  }
  return reports;
}

/** What should have something in it, or under it. */
const promising = indexBlocks(
  (block) =>
    block.kind === "empty-item" ||
    block.kind === "empty-quote" ||
    (block.kind === "heading" && !isSignature(block)),
);

/** Whether nothing stands between a heading and the next of its level or higher. */
function isEmpty(draft: Draft, heading: number): boolean {
  const level = draft.blocks[heading]?.level ?? 0;
  // Plain text has no levels to tell a title from its subtitle.
  if (level === 0 || draft.format.markup.guessesHeadings) return false;
  for (let index = heading + 1; index < draft.blocks.length; index++) {
    const block = draft.blocks[index];
    if (block === undefined) break;
    if (block.kind === "heading") return block.level <= level;
    if (isSomething(block)) return false;
  }
  return true;
}

/** Whether a block is something to read, or stands for it. */
function isSomething(block: Block): boolean {
  switch (block.kind) {
    case "break":
    case "metadata":
    case "definition":
    case "empty-item":
    case "empty-quote":
      return false;
    case "comment":
      // A comment may be where a tool puts a table of contents; a note to oneself is none.
      return !block.marks.every((mark) =>
        /^(?:stet|todo|fixme|tk|xxx|tbd)\b/i.test(mark.label ?? ""),
      );
    default:
      return true;
  }
}

/** Headings that share one section, or never have any: signatures of functions, versions in a list of changes. */
const isSignature = perBlock((block): boolean =>
  /\uFFFC|[\p{L}\p{N}_]\(|^\.\p{L}|^\[?v?\d+\.\d+/u.test(block.prose.text),
);
