import type { Input } from "@lezer/common";
import type { BlockContext, BlockParser, Line } from "@lezer/markdown";
import { type PairedTemplate, pairedTemplate, templateEnd } from "../support/templates.ts";
import { depth, isIndented, never, takeLines } from "./lines.ts";
import { closerFollows } from "./template-closers.ts";

/**
 * The pair of expressions that begins a line; undefined if there is none, if words follow it, or if it never closes.
 */
function pairOn(
  cx: BlockContext,
  line: Line,
): (PairedTemplate & { readonly closed: boolean }) | undefined {
  if (line.next !== 123 || isIndented(line)) return undefined;
  const text = line.text.slice(line.pos);
  const pair = pairedTemplate(text);
  if (pair === undefined) return undefined;
  const closed = pair.closer.exec(text);
  if (closed === null)
    return isClosedBelow(cx, line, pair) ? { ...pair, closed: false } : undefined;
  const rest = text.slice(closed.index + closed[0].length);
  return rest.trim() === "" ? { ...pair, closed: true } : undefined;
}

function isClosedBelow(cx: BlockContext, line: Line, { closer }: PairedTemplate): boolean {
  const { input } = cx as unknown as { readonly input: Input };
  return closerFollows(input, closer, cx.lineStart + line.text.length);
}

/** Comments and code between two template expressions, which may be lines apart. */
export const TEMPLATE_BLOCKS: BlockParser = {
  name: "TemplateBlock",
  before: "Directive",
  parse(cx, line) {
    const pair = pairOn(cx, line);
    if (pair === undefined)
      return isOpenComment(line) && takeLines(cx, line, "TemplateComment", never);
    return takePair(cx, line, pair);
  },
  endLeaf: (cx, line) => pairOn(cx, line) !== undefined,
};

/** The first line of a JSX comment that is never closed. In other engines such a line is a directive. */
function isOpenComment(line: Line): boolean {
  return (
    line.next === 123 &&
    !isIndented(line) &&
    line.text.startsWith("{/*", line.pos) &&
    !line.text.includes("*/}", line.pos)
  );
}

/** The pair that begins the text and does not end in it. */
function openPair(text: string): PairedTemplate | undefined {
  const pair = pairedTemplate(text);
  return pair?.closer.test(text) === false ? pair : undefined;
}

/** The block of a template comment or code, and the words that follow it on its last line. */
export const TEMPLATE_GROUP = "TemplateGroup";

/**
 * Takes the lines of a pair up to its closer. Words after the closer are a block of their own: the rest of the line
 * goes back to the parser, in a group, so that no top-level node begins in the middle of a line.
 */
function takePair(
  cx: BlockContext,
  line: Line,
  { hides, closer, closed }: PairedTemplate & { readonly closed: boolean },
): true | null {
  const type = hides ? "TemplateComment" : "TemplateCode";
  if (closed) return takeLines(cx, line, type, never);
  const from = cx.lineStart + line.pos;
  let to = cx.lineStart + line.text.trimEnd().length;
  let open: RegExp | undefined = closer;
  while (cx.nextLine() && open !== undefined && depth(line) >= cx.depth) {
    const match = open.exec(line.text);
    if (match !== null) {
      const end = match.index + match[0].length;
      const rest = line.text.slice(end).trimStart();
      // Another pair that begins where this one ends continues it.
      const pair = openPair(rest);
      const next = pair && isClosedBelow(cx, line, pair) ? pair : undefined;
      open = next?.closer;
      if (rest !== "" && next === undefined) {
        cx.startComposite(TEMPLATE_GROUP, from - cx.lineStart);
        cx.addElement(cx.elt(type, from, cx.lineStart + end));
        line.moveBase(end);
        return null;
      }
    }
    to = cx.lineStart + line.text.trimEnd().length;
  }
  cx.addElement(cx.elt(type, from, Math.max(from, to)));
  return true;
}

const LABEL = /^\[(?!\^)(?:[^\]\\[]|\\.){1,500}\]:[ \t]*/;
const TITLE = /^(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$/;

/** `[label]: {% link page.md %}`: a definition whose target comes from a template engine. */
export const TEMPLATE_REFERENCES: BlockParser = {
  name: "TemplateReference",
  before: "LinkReference",
  parse: (cx, line) => definesByTemplate(line) && takeLines(cx, line, "LinkReference", never),
};

function definesByTemplate(line: Line): boolean {
  if (line.next !== 91 || isIndented(line)) return false;
  const text = line.text.slice(line.pos);
  const label = LABEL.exec(text);
  if (label === null) return false;
  const end = templateTargetEnd(text, label[0].length);
  return end > 0 && TITLE.test(text.slice(end));
}

/** The most units in the rest of an address that a template fills in. */
const LONGEST_ADDRESS = 500;

/**
 * Where a link's target ends that begins at `start` and contains a template expression, in UTF-16 units of `text`; -1
 * if it contains none. Blanks and brackets are allowed only in expressions.
 */
export function templateTargetEnd(text: string, start: number): number {
  let at = start;
  let hasExpression = false;
  /** Units outside expressions. */
  let plain = 0;
  while (at < text.length && plain++ < LONGEST_ADDRESS) {
    const code = text.charCodeAt(at);
    if (code === 123) {
      const end = templateEnd(text, at);
      if (end > at) hasExpression = true;
      at = Math.max(end, at + 1);
    } else if (code === 32 || code === 9 || code === 10 || code === 13 || code === 41) break;
    else at++;
  }
  return hasExpression ? at : -1;
}
