/**
 * How fast a draft is read, and read again after a keystroke. Run with `npx tsx test/bench/formats.ts`;
 * with `hostile` after it, how the time grows with texts that a reader may choke on.
 * The text is made up, the same in each run.
 */
import type { Draft } from "../../server/src/draft/draft.ts";
import { formatOf, type FormatId } from "../../server/src/formats/registry.ts";

const WORDS =
  "the of and a to in council river market report growth people when after before under bridge city wrote asked because plan water road season history number several women small public work against school".split(
    " ",
  );

let seed = 42;
function random(below: number): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}

function pick(): string {
  return WORDS[random(WORDS.length)] ?? "";
}

function sentence(marked: boolean): string {
  const words = Array.from({ length: 8 + random(18) }, pick);
  words[0] = (words[0] ?? "").replace(/^./, (first) => first.toUpperCase());
  if (marked && random(3) === 0) {
    const at = 1 + random(words.length - 2);
    const word = words[at] ?? "";
    words[at] = [`[${word} ${pick()}](https://example.org/${word})`, `*${word}*`, `\`${word}\``][
      random(3)
    ] as string;
  }
  if (random(4) === 0) words[3] = `${words[3] ?? ""},`;
  return `${words.join(" ")}.`;
}

function paragraph(marked: boolean): string {
  return Array.from({ length: 2 + random(4) }, () => sentence(marked)).join(" ");
}

function draft(words: number, format: FormatId, between: string): string {
  const parts: string[] = [];
  let count = 0;
  while (count < words) {
    let text = paragraph(format === "markdown");
    count += text.split(" ").length;
    if (format === "markdown" && between === "\n\n") {
      const kind = random(12);
      if (kind === 0) text = `## ${pick()} ${pick()}\n\n${text}`;
      if (kind === 1) text = `- ${text}\n- ${sentence(true)}`;
      if (kind === 2) text = `> ${text}`;
    }
    if (format === "html") text = `<p>${text} <a href="/x">${pick()}</a></p>`;
    parts.push(text);
  }
  return parts.join(between);
}

function median(times: number[], part = 0.5): string {
  times.sort((a, b) => a - b);
  return (times[Math.floor(times.length * part)] ?? 0).toFixed(2);
}

function bench(name: string, format: FormatId, words: number, between: string): void {
  const text = draft(words, format, between);
  const reader = formatOf(format);
  const times: number[] = [];
  let read: Draft = reader.parse(text);
  for (let run = 0; run < 12; run++) {
    const from = performance.now();
    read = reader.parse(`${text} `.slice(0, -1));
    times.push(performance.now() - from);
  }
  const speed = (words / Number(median(times)) / 1000).toFixed(2);
  const best = (words / Number(median(times, 0)) / 1000).toFixed(2);

  const edits: number[] = [];
  let current = text;
  for (let run = 0; run < 200; run++) {
    const at = random(current.length);
    const next = current.slice(0, at) + "x" + current.slice(at);
    const from = performance.now();
    read = reader.update(read, next, { start: at, end: at, newText: "x" });
    edits.push(performance.now() - from);
    current = next;
  }
  console.log(
    `${name.padEnd(34)} ${String(words).padStart(7)} words ${String(read.blocks.length).padStart(6)} blocks  ` +
      `parse ${median(times).padStart(7)} ms = ${speed} M words/s (best ${best})  ` +
      `keystroke median ${median(edits)} ms (best ${median(edits, 0)}), p95 ${median(edits, 0.95)} ms`,
  );
}

function benchDrafts(): void {
  for (const words of [10_000, 100_000]) {
    bench("Markdown", "markdown", words, "\n\n");
    bench("Markdown, one line a paragraph", "markdown", words, "\n");
    bench("plain text", "plaintext", words, "\n\n");
    bench("HTML", "html", words, "\n");
  }
}

/** Texts that a reader may choke on, by the piece they are made of. */
const HOSTILE = [
  "[a](<b",
  "[a](",
  "](b)[a",
  "- a\n",
  "-\n",
  "`a ",
  "&amp;",
  "<code>",
  "<b>",
  "</b>",
  "<p>a",
  "<ul><li>a ",
  "<!--",
  "<?",
  "*a **b ",
  "> ",
  "> > > > a\n",
  "![",
  "[[",
  "{{ ",
  "a@b ",
  "http://a.",
  "[a]: b\n",
  "[^a]: b\n",
  "a\n=\n",
  "$a",
  "words that go on ",
  "some words of a line\n",
  "It ended here.\n",
  "It ended here.\r\n\r\nIt goes\r\non.\r\n",
  "| a b | c d |\n",
];

function hostile(piece: string, size: number): string {
  const head = piece.startsWith("|") ? "| a | b |\n|---|---|\n" : "";
  return head + piece.repeat(size / piece.length);
}

/** Milliseconds of this process alone: what else the machine does would blur the ratio. */
function time(format: FormatId, text: string): number {
  const from = process.cpuUsage();
  formatOf(format).parse(text);
  return process.cpuUsage(from).user / 1000;
}

/** How much longer twice the text takes, for each hostile text; `units` is the length of the longer. */
function benchHostile(units: number): void {
  for (const format of ["markdown", "plaintext", "html"] as const) {
    for (const piece of HOSTILE) {
      time(format, hostile(piece, units / 20));
      const half = time(format, hostile(piece, units / 2));
      const whole = time(format, hostile(piece, units));
      const ratio = (whole / half).toFixed(2);
      console.log(
        `${format.padEnd(10)} ${JSON.stringify(piece).padEnd(52)} ${whole.toFixed(0).padStart(6)} ms, ${ratio} of half`,
      );
    }
  }
}

if (process.argv.includes("hostile")) benchHostile(1_000_000);
else benchDrafts();
