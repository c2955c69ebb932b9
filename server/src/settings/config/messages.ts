import { RULES } from "../../rules/index.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import type { ConfigProblem, Mistake, Path } from "./problem.ts";
import { LEVELS } from "../rule-settings.ts";
import { settingNamed, settingsOfFile } from "../table.ts";

/** What is wrong, and what counts for all that. */
export function problemText({ message, severity, wholeFile }: ConfigProblem): string {
  if (severity === "warning") return message;
  return wholeFile
    ? `${message} Until it is mended, this file counts for nothing.`
    : `${message} All else in this file counts.`;
}

/** What is wrong in a config file, in an editor's words. */
export function mistakeMessage({ keyword, path: whole, value, wanted }: Mistake): string {
  if (keyword === "unknown" && isOverride(whole.slice(0, -1))) {
    const given = String(whole.at(-1));
    const names = ["files", ...listNames("override")];
    return `An override has no “${shortened(given)}”.${suggestion(given, names, "It takes ")}`;
  }
  // What stands in an override is called as it is at the top.
  const path = whole[0] === "overrides" && whole.length > 2 ? whole.slice(2) : whole;
  const name = String(path.at(-1) ?? "");
  if (keyword === "unknown") return unknownName(path, name);
  const what = formatName(path);
  switch (keyword) {
    case "enum": {
      const choices = (wanted as readonly string[] | undefined) ?? LEVELS;
      const meant = didYouMean(String(value), choices);
      const hint = meant === undefined ? "" : ` Did you mean “${meant}”?`;
      return `${what} can’t be “${shortened(String(value))}”. Choose one of ${list(choices)}.${hint}`;
    }
    case "minimum":
      return `${what} must be ${String(wanted)} or more.`;
    case "maximum":
      return `${what} must be ${String(wanted)} or less.`;
    case "minLength":
    case "minItems":
      return `${what} must not be empty.`;
    case "glob":
      return `${what} ${String(wanted)}`;
    case "pattern":
      return `${what} must be ${settingNamed(settingName(path))?.mustBe ?? "written otherwise"}.`;
    case "required":
      return `${what} needs ${list(wanted as readonly string[])}.`;
    case "twice":
      return `${what} stands here and again below, and only the last counts. Put them together.`;
    case "useless":
      return `“${shortened(String(value))}” ${String(wanted)}`;
    case "anyOf":
      if (path[0] !== "rules") return `${what} must be a text in double quotes, or a list of them.`;
      return `The rule “${name}” takes a severity (${LEVELS.join(", ")}), or an object with “severity” and “options”.`;
    case "type":
      return `${what} must be ${KINDS[String(wanted)] ?? "of another kind"}.`;
  }
}

/** The name of the setting that a path leads to, or to an item of which. */
export function settingName(path: Path): string {
  const within = path[0] === "overrides" ? path.slice(2) : path;
  return within.filter((step) => typeof step === "string").join(".");
}

/** What may stand at the top of a config file, or in an override: settings, and objects with some in them. */
function listNames(place: "top" | "override"): string[] {
  return [...new Set(settingsOfFile(place).map(([, { name }]) => name.replace(/\..*/, "")))];
}

function isOverride(path: Path): boolean {
  return path.length === 2 && path[0] === "overrides";
}

const KINDS: Readonly<Record<string, string>> = {
  object: "an object in braces: { … }",
  array: "a list in brackets: [ … ]",
  string: "a text in double quotes",
  integer: "a whole number",
  boolean: "true or false",
};

function unknownName(path: Path, name: string): string {
  const [area, rule, inner] = path;
  if (area === "rules" && path.length === 2) {
    const ids = RULES.map((one) => one.id);
    return `There is no rule “${shortened(name)}”.${suggestion(name, ids)}`;
  }
  if (area === "rules" && inner === "options") {
    const options = Object.keys(RULES.find((one) => one.id === rule)?.options ?? {});
    const has =
      options.length === 0 ? ` It has no options.` : suggestion(name, options, "Its options are ");
    return `The rule “${String(rule)}” has no option “${shortened(name)}”.${has}`;
  }
  if (area === "rules") {
    return `A rule takes “severity” and “options”, not “${shortened(name)}”.${suggestion(name, ["severity", "options"])}`;
  }
  const owner =
    path.length === 1 ? "There is no setting" : `${formatName(path.slice(0, -1))} has no`;
  return `${owner} “${shortened(name)}”.${path.length === 1 ? suggestion(name, listNames("top"), "The settings are ") : ""}`;
}

function suggestion(name: string, names: readonly string[], otherwise?: string): string {
  const meant = didYouMean(name, names);
  if (meant !== undefined) return ` Did you mean “${meant}”?`;
  return otherwise === undefined ? "" : ` ${otherwise}${list(names)}.`;
}

function formatName(path: Path): string {
  if (path.length === 0) return "The file";
  const last = path.at(-1);
  if (path[0] === "rules" && path[2] === "options" && path.length > 3) {
    return `The option “${shortened(String(path[3]))}” of “${String(path[1])}”`;
  }
  if (path[0] === "rules" && path.length > 1) {
    const of = path.length > 2 ? `The ${String(last)} of “${String(path[1])}”` : "";
    return of === "" ? `The rule “${String(last)}”` : of;
  }
  if (typeof last === "number") return `Entry ${last + 1} of “${String(path.at(-2))}”`;
  return `“${shortened(String(last))}”`;
}

/** A name or value as it is quoted: on one line, and no longer than can be taken in. */
export function shortened(text: string): string {
  const line = text.slice(0, 10 * LONGEST).replace(/\s+/g, " ");
  if (line.length <= LONGEST && text.length <= 10 * LONGEST) return line;
  // No half of a character that is a pair.
  return `${line.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

const LONGEST = 60;

function list(names: readonly string[]): string {
  const quoted = names.map((name) => `“${name}”`);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} and ${last}`;
}

/** What is wrong where a config file is no JSON, by the parser's name for it. */
export function syntaxMessage(code: string): string {
  return SYNTAX.get(code) ?? "This is not JSON.";
}

const SYNTAX: ReadonlyMap<string, string> = new Map([
  ["CommaExpected", "A comma is missing before this."],
  ["ColonExpected", "A colon is missing before this."],
  ["PropertyNameExpected", "A name in double quotes must stand here."],
  ["ValueExpected", "A value must stand here."],
  ["CloseBraceExpected", "A closing brace “}” is missing."],
  ["CloseBracketExpected", "A closing bracket “]” is missing."],
  ["UnexpectedEndOfString", "A closing quotation mark is missing."],
  ["UnexpectedEndOfComment", "The comment is not closed."],
  ["EndOfFileExpected", "Nothing may stand after the closing brace."],
]);
