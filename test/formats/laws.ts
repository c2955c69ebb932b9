import type { Draft } from "../../server/src/draft/draft.ts";
import { getFormat, type FormatId } from "../../server/src/formats/registry.ts";

/** Laws for every draft of every format. */
export function expectLaws(draft: Draft): void {
  const { text, blocks, starts } = draft;
  if (starts.length !== blocks.length) throw new Error("as many starts as blocks");
  let end = 0;
  for (const [index, block] of blocks.entries()) {
    const start = starts[index] ?? -1;
    if (start < end) throw new Error(`block ${index} starts at ${start}, before ${end}`);
    if (text.slice(start, start + block.source.length) !== block.source) {
      throw new Error(`block ${index} is not where it says: ${JSON.stringify(block.source)}`);
    }
    end = start + block.source.length;
    expectProseMaps(block.prose, block.source);
    for (const mark of block.marks) {
      for (const span of mark.text === undefined ? [mark] : [mark, mark.text]) {
        if (span.start < 0 || span.end < span.start || span.end > block.source.length) {
          throw new Error(`mark out of its block: ${JSON.stringify(mark)} in ${block.source}`);
        }
      }
    }
  }
}

function expectProseMaps(prose: Draft["blocks"][number]["prose"], source: string): void {
  let sourceEnd = 0;
  for (let piece = 0; piece < prose.starts.length; piece++) {
    const from = prose.starts[piece] ?? -1;
    const to = prose.starts[piece + 1] ?? prose.text.length;
    const sourceFrom = prose.sourceStarts[piece] ?? -1;
    const sourceTo = prose.sourceEnds[piece] ?? -1;
    if (from >= to) throw new Error(`piece ${piece} is empty`);
    if (sourceFrom < sourceEnd || sourceTo < sourceFrom || sourceTo > source.length) {
      throw new Error(`piece ${piece} is out of order in ${JSON.stringify(source)}`);
    }
    const text = prose.text.slice(from, to);
    const original = source.slice(sourceFrom, sourceTo);
    if (
      to - from === sourceTo - sourceFrom &&
      text !== original.replaceAll("\r", "\n") &&
      /\w{2}/.test(text)
    ) {
      throw new Error(
        `piece ${JSON.stringify(text)} is not its source ${JSON.stringify(original)}`,
      );
    }
    sourceEnd = sourceTo;
  }
}

/** Each block of a text as one line: its kind, level and depths, then its prose, or its source if it has none. */
export function outline(text: string, format: FormatId): string[] {
  const draft = getFormat(format).parse(text);
  expectLaws(draft);
  return draft.blocks.map(
    ({ kind, level, listDepth, quoteDepth, prose, source }) =>
      `${kind}${level || ""}${"-".repeat(listDepth)}${">".repeat(quoteDepth)} ${prose.text || source}`,
  );
}
