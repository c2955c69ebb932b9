import type { Draft } from "../../draft/draft.ts";
import type { Finding, Fix } from "../../draft/finding.ts";
import { RULES } from "../../rules/index.ts";
import { applyEdits } from "../../text/edits.ts";
import { beginning, excerpt } from "../../text/excerpt.ts";
import { type Display, ruleLink } from "../to-protocol.ts";
import { copiesSideBySide } from "./copies.ts";
import type { Paragraph } from "./rich-text.ts";
import { markedSentence } from "./sentence.ts";

/** The other copy of a repeated passage. */
export interface OtherCopy {
  /** Where it stands: “line 3”, “line 3 of b.md”. */
  readonly place: string;
  readonly text: string;
}

/** What a hover needs besides the finding. */
export interface HoverFacts {
  readonly draft: Draft;
  /** All fixes that are offered. */
  readonly fixes: readonly Fix[];
  readonly other: OtherCopy | undefined;
  readonly display: Display;
}

/** What is said of a finding beyond its message: where it is, what each fix does, and why it matters. */
export function hoverContent(finding: Finding, facts: HoverFacts): readonly Paragraph[] {
  return [
    ...wordsOf(finding, facts),
    ...facts.fixes.map((fix): Paragraph => ({
      kind: "item",
      of: [{ strong: fix.title }, effectOf(facts.draft, fix)],
    })),
    why(finding.rule, facts.display),
  ];
}

function wordsOf(finding: Finding, { draft, other }: HoverFacts): readonly Paragraph[] {
  if (other !== undefined) {
    const own = draft.text.slice(finding.start, finding.end);
    const { here, there } = copiesSideBySide(draft.format, own, other.text);
    return [
      { kind: "quote", of: ["Here: “", ...here, "”"] },
      { kind: "quote", of: [`There, ${other.place}: “`, ...there, "”"] },
    ];
  }
  const sentence = markedSentence(draft, finding);
  return sentence === undefined ? [] : [{ kind: "quote", of: ["“", ...sentence, "”"] }];
}

/** More words are a passage, of which the beginning is shown. */
const FEW = 6;

/** What a fix makes of the text. */
function effectOf({ text }: Draft, { edits, uri }: Fix): string {
  const first = edits[0];
  const last = edits.at(-1);
  if (uri !== undefined || first === undefined || last === undefined) return "";
  const gone = edits.map(({ start, end }) => text.slice(start, end)).join(" ");
  const put = edits.map(({ newText }) => newText).join(" ");
  const count = gone.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  if (count > FEW) {
    const also = put.trim() === "" ? "" : `, and puts “${beginning(put.trim())}” there`;
    return `: takes out “${beginning(gone.trim())}” (${count} words)${also}`;
  }
  const [start, end] = [
    Math.min(...edits.map((edit) => edit.start)),
    Math.max(...edits.map((edit) => edit.end)),
  ];
  const inner = edits.map((edit) => ({
    start: edit.start - start,
    end: edit.end - start,
    newText: edit.newText,
  }));
  const made = applyEdits(text.slice(start, end), inner);
  return `: gives “${excerpt(text.slice(0, start), made, text.slice(end))}”`;
}

function why(id: string, display: Display): Paragraph {
  const summary = RULES.find((rule) => rule.id === id)?.summary ?? "";
  const page = ruleLink(display, id);
  return {
    kind: "text",
    of: [
      `${summary} `,
      page === undefined ? `Why? galley rules ${id}` : { link: "Why?", href: page },
    ],
  };
}
