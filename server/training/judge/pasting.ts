import type { Span } from "../../src/text/span.ts";
import { unitsOf, type Article as Clean } from "../corpus.ts";
import type { Random } from "../random.ts";

export interface Article extends Clean {
  readonly path: string;
}

type Paragraph = Article["paragraphs"][number];

/** A draft with a passage pasted a second time. Offsets are UTF-16 units. */
export interface Pasted {
  readonly text: string;
  readonly copy: Span;
  readonly original: Span;
}

const MARKERS: Readonly<Record<string, string>> = {
  para: "",
  item: "- ",
  heading: "## ",
  quote: "> ",
};

/** Paragraphs as Markdown, with their links, and the offset of each. */
export function joined(paragraphs: readonly Paragraph[]): { text: string; spans: Span[] } {
  let text = "";
  let before = "";
  const spans: Span[] = [];
  for (const { kind, text: own, links } of paragraphs) {
    if (before !== "") text += kind === "item" && before === "item" ? "\n" : "\n\n";
    const start = text.length;
    text += MARKERS[kind] ?? "";
    const at = unitsOf(own);
    let done = 0;
    for (const [from, to] of links) {
      text += `${own.slice(done, at(from))}[${own.slice(at(from), at(to))}](https://example.org/${from})`;
      done = at(to);
    }
    text += own.slice(done);
    spans.push({ start, end: text.length });
    before = kind;
  }
  return { text: `${text}\n`, spans };
}

/** An article in which one to six paragraphs are pasted again, right after the original or further down. */
export function paste(
  article: Article,
  rate: number,
  place: "next" | "further",
  random: Random,
): Pasted | undefined {
  const { paragraphs } = article;
  const length = 1 + Math.floor(random() * Math.min(6, paragraphs.length));
  const start = Math.floor(random() * (paragraphs.length - length + 1));
  const end = start + length;
  const run = paragraphs.slice(start, end);
  if (!run.some(({ text, kind }) => kind !== "heading" && text.split(/\s+/).length >= 12)) {
    return undefined;
  }
  const at = place === "next" ? end : end + Math.floor(random() * (paragraphs.length - end + 1));
  const others = paragraphs.flatMap(({ text }) => text.split(/\s+/));
  const copy = run.map((one) =>
    rate === 0 ? one : { ...one, links: [], text: edited(one.text, rate, others, random) },
  );
  const all = [...paragraphs.slice(0, at), ...copy, ...paragraphs.slice(at)];
  const { text, spans } = joined(all);
  const span = (from: number, to: number): Span => ({
    start: spans[from]?.start ?? 0,
    end: spans[to - 1]?.end ?? 0,
  });
  return { text, copy: span(at, at + length), original: span(start, end) };
}

/** A text in which a share of the words got another after it, or was dropped, replaced or swapped with the next. */
export function edited(
  text: string,
  rate: number,
  others: readonly string[],
  random: Random,
): string {
  const words = text.split(/\s+/);
  const edits = Math.floor(words.length * rate + random());
  for (let edit = 0; edit < edits; edit++) {
    const at = Math.floor(random() * words.length);
    const other = others[Math.floor(random() * others.length)] ?? "word";
    switch (Math.floor(random() * 4)) {
      case 0:
        words.splice(at, 0, other);
        break;
      case 1:
        if (words.length > 1) words.splice(at, 1);
        break;
      case 2:
        words[at] = other;
        break;
      default:
        words.splice(at, 2, ...words.slice(at, at + 2).reverse());
    }
  }
  return words.join(" ");
}

/** Whether an article already has the same twelve words in a row twice. */
export function repeatsItself({ paragraphs }: Pick<Article, "paragraphs">): boolean {
  const seen = new Set<string>();
  for (const { text } of paragraphs) {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    const here = new Set<string>();
    for (let at = 0; at + 12 <= words.length; at++) here.add(words.slice(at, at + 12).join(" "));
    for (const passage of here) {
      if (seen.has(passage)) return true;
      seen.add(passage);
    }
  }
  return false;
}
