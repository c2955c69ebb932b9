import { escapeMarkdown } from "../../formats/markdown/escape.ts";
import { isolated, oneLine } from "../../text/excerpt.ts";

/*
 * A text with little more than paragraphs, so that it looks the same as Markdown and as plain text. Any of it may come
 * from a draft, so none of it is markup.
 */

export type Inline =
  string | { readonly strong: string } | { readonly link: string; readonly href: string };

export interface Paragraph {
  /** `quote`: words of a draft. `item`: one of a list. */
  readonly kind: "text" | "quote" | "item" | "rule";
  readonly of: readonly Inline[];
}

/** The paragraphs as Markdown. Their content is escaped, whatever it is. */
export function toMarkdown(paragraphs: readonly Paragraph[]): string {
  return joined(paragraphs, (paragraph) => {
    const line = isolated(paragraph.of.map(inlineMarkdown).join(""));
    switch (paragraph.kind) {
      case "quote":
        return `> ${line}`;
      case "item":
        return `- ${line}`;
      case "rule":
        return "---";
      case "text":
        return line;
    }
  });
}

/** The paragraphs as plain text, with ⟨ ⟩ around bold words. */
export function toPlainText(paragraphs: readonly Paragraph[]): string {
  return joined(paragraphs, (paragraph) => {
    const line = isolated(paragraph.of.map(inlinePlain).join(""));
    return paragraph.kind === "item" ? `- ${line}` : paragraph.kind === "rule" ? "" : line;
  });
}

/** List items follow each other; other paragraphs have a blank line between them. */
function joined(paragraphs: readonly Paragraph[], write: (paragraph: Paragraph) => string): string {
  let text = "";
  paragraphs.forEach((paragraph, index) => {
    const isNext = paragraph.kind === "item" && paragraphs[index - 1]?.kind === "item";
    text += `${index === 0 ? "" : isNext ? "\n" : "\n\n"}${write(paragraph)}`;
  });
  return text;
}

function inlineMarkdown(inline: Inline): string {
  if (typeof inline === "string") return escaped(inline);
  if ("link" in inline)
    return `[${escaped(inline.link)}](<${inline.href.replace(/[<>\\\s]/g, encodeURIComponent)}>)`;
  // Emphasis marks must touch the words.
  const words = oneLine(inline.strong);
  const inner = words.trim();
  if (inner === "") return words;
  const start = words.length - words.trimStart().length;
  return `${words.slice(0, start)}**${escaped(inner)}**${words.slice(start + inner.length)}`;
}

function inlinePlain(inline: Inline): string {
  if (typeof inline === "string") return oneLine(inline);
  if ("link" in inline) return `${oneLine(inline.link)} (${inline.href})`;
  return `⟨${oneLine(inline.strong)}⟩`;
}

function escaped(text: string): string {
  return escapeMarkdown(oneLine(text));
}
