import { visible } from "../visible.ts";

/*
 * The text of a first `.galley.json`, with comments that stay true while drafts come and go. It is read without a mistake,
 * whatever the names of files and folders are.
 */

/** What a first `.galley.json` is made of. */
export interface Starter {
  /** What was looked at, in one line. */
  readonly about: string;
  readonly extends: readonly string[];
  readonly include: readonly string[];
  /** What `include` leaves out, in words; undefined where it leaves nothing out. */
  readonly elsewhere: string | undefined;
  readonly exclude: readonly string[];
  /** The rules that find most, the loudest first. */
  readonly rules: readonly string[];
}

export function starterText(starter: Starter): string {
  const parts = [
    ...listLines("What holds here as well.", "extends", starter.extends),
    ...listLines(where(starter), "include", starter.include),
    ...listLines("What is made from the drafts, and is none.", "exclude", starter.exclude),
    ...ruleLines(starter),
  ];
  return `${[comment(starter.about).trimStart(), "{", parts.join("\n\n"), "}"].filter((part) => part !== "").join("\n")}\n`;
}

function where({ elsewhere }: Starter): string {
  const rest = elsewhere === undefined ? "" : ` What is elsewhere is not checked: ${elsewhere}.`;
  return `Where the drafts are.${rest}`;
}

function ruleLines({ rules }: Starter): string[] {
  if (rules.length === 0) return [];
  return part(
    comment("What was found most. To hear less of it, take a line in; “off” hears nothing."),
    comment("“galley rules ID” tells what a rule is about."),
    '  "rules": {',
    ...rules.map((id) => `    // ${JSON.stringify(id)}: "hint",`),
    "  },",
  );
}

function listLines(what: string, name: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  return part(comment(what), `  ${JSON.stringify(name)}: [${quoted(items)}],`);
}

function part(...lines: readonly string[]): string[] {
  return [lines.join("\n")];
}

function quoted(items: readonly string[]): string {
  return items.map((item) => JSON.stringify(item)).join(", ");
}

/** A comment of one line, whatever is in the text. */
function comment(text: string): string {
  return `  // ${visible(text)}`;
}
