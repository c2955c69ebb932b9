import { Table, type BlockParser, type InlineParser, type MarkdownParser } from "@lezer/markdown";
import { DIRECTIVE_UNITS } from "./directives.ts";

/*
 * The parser offers each line and each mark to all of its parsers in turn, and nearly all of them look at its first
 * unit and decline. Here each unit has a list of those that do not. New syntax adds its units to the lists; tests hold them
 * to the parser's own loops.
 */

/** The units that each parser of blocks begins with, by its name. One that is not here may begin anywhere. */
const BLOCKS: Readonly<Record<string, string>> = {
  ATXHeading: "#",
  Blockquote: ">",
  BulletList: "-*+",
  Component: "<",
  Definition: ":",
  Directive: DIRECTIVE_UNITS,
  Esm: "ie",
  FencedCode: "`~",
  FootnoteDefinition: "[",
  HorizontalRule: "-*_",
  HTMLBlock: "<",
  Math: "$\\",
  OrderedList: "0123456789",
  TemplateBlock: "{",
  TemplateReference: "[",
};

const DIGITS = "0123456789";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The same for parsers of inline text. */
const INLINES: Readonly<Record<string, string>> = {
  Autolink: `${DIGITS}${LETTERS}_.+-`,
  Emphasis: "*_",
  Entity: "&",
  Escape: "\\",
  Expression: "{",
  Footnote: "![",
  HardBreak: "\\ ",
  HTMLTag: "<",
  Image: "!",
  InlineCode: "`",
  InlineMath: "$",
  Jsx: "<",
  Link: "[",
  LinkEnd: "]",
  Shorthand: ":+[",
  Strikethrough: "~",
  Template: "{",
  TemplateLinkEnd: "]",
};

type ParseBlock = NonNullable<BlockParser["parse"]>;
type EndLeaf = NonNullable<BlockParser["endLeaf"]>;
type OpenLeaf = NonNullable<BlockParser["leaf"]>;
type ParseInline = InlineParser["parse"];

/** The parts of the pinned parser that its types leave out. */
interface Insides {
  blockParsers: readonly (ParseBlock | undefined)[];
  readonly blockNames: readonly string[];
  endLeafBlock: readonly EndLeaf[];
  leafBlockParsers: readonly (OpenLeaf | undefined)[];
  readonly inlineParsers: readonly (ParseInline | undefined)[];
  readonly inlineNames: readonly string[];
}

/** Makes the parser offer a line to those only that may begin with its first unit. */
export function offerLinesByFirstUnit(parser: MarkdownParser): void {
  const insides = parser as unknown as Insides;
  const all = insides.blockParsers.filter((parse) => parse !== undefined);
  const parsersOf = byFirstUnit(insides.blockParsers, insides.blockNames, BLOCKS);
  insides.blockParsers = [
    (cx, line) => {
      const isCode = line.indent >= line.baseIndent + 4;
      for (const parse of isCode ? all : parsersOf(line.next)) {
        const result = parse(cx, line);
        if (result !== false) return result;
      }
      return false;
    },
  ];

  // A table begins with any line that has a pipe in it; all others have their units.
  // eslint-disable-next-line @typescript-eslint/unbound-method -- neither uses `this`
  const { leaf: opensTable, endLeaf: endsAtTable } = Table.parseBlock?.[0] ?? {};
  insides.leafBlockParsers = insides.leafBlockParsers.map((open) =>
    open === undefined || open !== opensTable
      ? open
      : (cx, leaf) => (leaf.content.includes("|") ? open(cx, leaf) : null),
  );
  const ending = flags(Object.values(BLOCKS).join(""));
  const others = insides.endLeafBlock.filter((ends) => ends !== endsAtTable);
  insides.endLeafBlock = [
    (cx, line, leaf) => ending[line.next] === true && others.some((ends) => ends(cx, line, leaf)),
    (cx, line, leaf) => line.text.includes("|") && endsAtTable?.(cx, line, leaf) === true,
  ];
}

/** The parsers of inline text that may begin with a unit, in their order. */
export function inlineParsersByFirstUnit(
  parser: MarkdownParser,
): (unit: number) => readonly ParseInline[] {
  const { inlineParsers, inlineNames } = parser as unknown as Insides;
  return byFirstUnit(inlineParsers, inlineNames, INLINES);
}

function byFirstUnit<T>(
  parsers: readonly (T | undefined)[],
  names: readonly string[],
  unitsOf: Readonly<Record<string, string>>,
): (unit: number) => readonly T[] {
  const mayBegin = (char: string): T[] =>
    parsers.filter((parse, index): parse is T & {} => {
      const units = unitsOf[names[index] ?? ""];
      return parse !== undefined && (units === undefined || units.includes(char));
    });
  const table = Array.from({ length: 128 }, (_, unit) => mayBegin(String.fromCharCode(unit)));
  const anywhere = parsers.filter(
    (parse, index): parse is T & {} =>
      parse !== undefined && unitsOf[names[index] ?? ""] === undefined,
  );
  return (unit) => table[unit] ?? anywhere;
}

function flags(units: string): readonly boolean[] {
  return Array.from({ length: 128 }, (_, unit) => units.includes(String.fromCharCode(unit)));
}
