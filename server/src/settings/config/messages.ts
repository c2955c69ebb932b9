import { RULES } from "../../rules/index.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import type { ConfigProblem, Mistake, Path } from "./problem.ts";
import { LEVELS } from "../rule-settings.ts";
import { settingNamed, settingsOfFile } from "../table.ts";
import { type Statement, type Wording, wording } from "../../text/wording.ts";

/** What is wrong, and what still applies. */
export function problemText({ message, severity, wholeFile }: ConfigProblem): Wording {
  if (severity === "warning") return message;
  const counts = wholeFile
    ? wording("Until this is fixed, the whole file is ignored.")
    : wording("The rest of this file still applies.");
  return wording("{0} {1}", message, counts);
}

/** What is wrong in a config file, in words for an editor. */
export function mistakeMessage({ keyword, path: whole, value, wanted, why }: Mistake): Wording {
  if (keyword === "unknown" && isOverride(whole.slice(0, -1))) {
    const given = String(whole.at(-1));
    const message = wording("An override has no “{0}”.", shortened(given));
    const names = ["files", ...listNames("override")];
    return suggesting(message, given, names, (all) => wording("It takes {0}.", all));
  }
  // Something in an override is named as it is at the top.
  const path = whole[0] === "overrides" && whole.length > 2 ? whole.slice(2) : whole;
  const name = String(path.at(-1) ?? "");
  if (keyword === "unknown") return unknownName(path, name);
  const what = formatName(path);
  switch (keyword) {
    case "enum": {
      const choices = (wanted as readonly string[] | undefined) ?? LEVELS;
      const given = String(value);
      return suggesting(
        wording("{0} can’t be “{1}”. Choose one of {2}.", what, shortened(given), list(choices)),
        given,
        choices,
      );
    }
    case "minimum":
      return wording("{0} must be {1} or more.", what, String(wanted));
    case "maximum":
      return wording("{0} must be {1} or less.", what, String(wanted));
    case "minLength":
    case "minItems":
      return wording("{0} must not be empty.", what);
    case "pattern":
      return (settingNamed(settingName(path))?.mustBe ?? otherwise)(what);
    case "required":
      return wording("{0} needs {1}.", what, list(wanted as readonly string[]));
    case "twice":
      return wording("{0} is here and again below, and only the last counts. Combine them.", what);
    case "glob":
      return (why ?? otherwise)(what);
    case "useless":
      return (why ?? otherwise)(shortened(String(value)));
    case "anyOf":
      if (path[0] !== "rules") {
        return wording("{0} must be a text in double quotes, or a list of them.", what);
      }
      return wording(
        "The rule “{0}” takes a severity ({1}), or an object with “severity” and “options”.",
        name,
        LEVELS.join(", "),
      );
    case "type":
      return (MUST_BE.get(String(wanted)) ?? otherwise)(what);
  }
}

const otherwise: Statement = (what) => wording("{0} does not have the right form.", what);

/** The name of the setting that a path leads to or into. */
export function settingName(path: Path): string {
  const within = path[0] === "overrides" ? path.slice(2) : path;
  return within.filter((step) => typeof step === "string").join(".");
}

/** What may be at the top of a config file, or in an override: settings, and objects that contain some. */
function listNames(place: "top" | "override"): string[] {
  return [...new Set(settingsOfFile(place).map(([, { name }]) => name.replace(/\..*/, "")))];
}

function isOverride(path: Path): boolean {
  return path.length === 2 && path[0] === "overrides";
}

const MUST_BE: ReadonlyMap<string, Statement> = new Map([
  ["object", (what) => wording("{0} must be an object in braces: { … }.", what)],
  ["array", (what) => wording("{0} must be a list in brackets: [ … ].", what)],
  ["string", (what) => wording("{0} must be a text in double quotes.", what)],
  ["integer", (what) => wording("{0} must be a whole number.", what)],
  ["boolean", (what) => wording("{0} must be true or false.", what)],
]);

function unknownName(path: Path, name: string): Wording {
  const [area, rule, inner] = path;
  const shown = shortened(name);
  if (area === "rules" && path.length === 2) {
    const ids = RULES.map((one) => one.id);
    return suggesting(wording("There is no rule “{0}”.", shown), name, ids);
  }
  if (area === "rules" && inner === "options") {
    const options = Object.keys(RULES.find((one) => one.id === rule)?.options ?? {});
    const message = wording("The rule “{0}” has no option “{1}”.", String(rule), shown);
    return options.length === 0
      ? wording("{0} {1}", message, wording("It has no options."))
      : suggesting(message, name, options, (all) => wording("Its options are {0}.", all));
  }
  if (area === "rules") {
    const message = wording("A rule takes “severity” and “options”, not “{0}”.", shown);
    return suggesting(message, name, ["severity", "options"]);
  }
  if (path.length > 1) return wording("{0} has no “{1}”.", formatName(path.slice(0, -1)), shown);
  const message = wording("There is no setting “{0}”.", shown);
  return suggesting(message, name, listNames("top"), (all) =>
    wording("The settings are {0}.", all),
  );
}

/** The message, and what may have been meant; if nothing is similar, what is available. */
function suggesting(
  message: Wording,
  given: string,
  names: readonly string[],
  listing?: Statement,
): Wording {
  const meant = didYouMean(given, names);
  if (meant !== undefined) {
    return wording("{0} {1}", message, wording("Did you mean “{0}”?", meant));
  }
  return listing === undefined ? message : wording("{0} {1}", message, listing(list(names)));
}

function formatName(path: Path): Wording {
  if (path.length === 0) return wording("The file");
  const last = path.at(-1);
  if (path[0] === "rules" && path[2] === "options" && path.length > 3) {
    return wording("The option “{0}” of “{1}”", shortened(String(path[3])), String(path[1]));
  }
  if (path[0] === "rules" && path.length > 1) {
    return path.length > 2
      ? wording("The {0} of “{1}”", String(last), String(path[1]))
      : wording("The rule “{0}”", String(last));
  }
  if (typeof last === "number") {
    return wording("Entry {0} of “{1}”", last + 1, String(path.at(-2)));
  }
  return wording("“{0}”", shortened(String(last)));
}

/** A name or value in quotes: on one line, and short enough to take in. */
export function shortened(text: string): string {
  const line = text.slice(0, 10 * LONGEST).replace(/\s+/g, " ");
  if (line.length <= LONGEST && text.length <= 10 * LONGEST) return line;
  // Never half of a surrogate pair.
  return `${line.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

const LONGEST = 60;

function list(names: readonly string[]): Wording {
  const [first = "", ...others] = names;
  const last = others.pop();
  const before = others.reduce(
    (all, next) => wording("{0}, “{1}”", all, next),
    wording("“{0}”", first),
  );
  return last === undefined ? before : wording("{0} and {1}", before, wording("“{0}”", last));
}

/** What is wrong in a config file that is not JSON, by the parser's name for it and the text from there on. */
export function syntaxMessage(code: string, rest: string): Wording {
  if (/^[“”„‟‘’‚‛«»'`]/.test(rest)) return wording('Straight double quotes (") are needed here.');
  // After a comma the parser expects another name, also at the end of the text.
  const known = code === "PropertyNameExpected" && rest.trim() === "" ? "CloseBraceExpected" : code;
  return SYNTAX.get(known) ?? wording("This is not JSON.");
}

const SYNTAX: ReadonlyMap<string, Wording> = new Map([
  ["CommaExpected", wording("A comma is missing before this.")],
  ["ColonExpected", wording("A colon is missing before this.")],
  ["PropertyNameExpected", wording("A name in double quotes belongs here.")],
  ["ValueExpected", wording("A value belongs here.")],
  ["CloseBraceExpected", wording("A closing brace “}” is missing.")],
  ["CloseBracketExpected", wording("A closing bracket “]” is missing.")],
  ["UnexpectedEndOfString", wording("A closing quotation mark is missing.")],
  ["UnexpectedEndOfComment", wording("The comment is not closed.")],
  ["EndOfFileExpected", wording("There must be nothing after the closing brace.")],
]);
