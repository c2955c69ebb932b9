import { type Argument, type Command, Help, type Option } from "commander";
import wrapAnsi from "wrap-ansi";
import { say, type Translations, wording } from "../text/wording.ts";

const PLAIN = new Help();

/** Commander's own texts. */
export const HELP_WORDS = [
  "Usage:",
  "Arguments:",
  "Options:",
  "Global Options:",
  "Commands:",
  "choices:",
  "default:",
] as const;

/** Help in Commander's layout, in some language. The keys are the English descriptions of commands and options. */
export function helpIn(translations: Translations | undefined): Partial<Help> {
  const translate = (text: string): string => say(wording(text), translations);
  const describeCommand = (command: Command): string => translate(command.description());
  /** Choices and default come after the description, in brackets. */
  const describe = (item: Option | Argument, whole: string): string => {
    const { description, defaultValueDescription: inWords = "" } = item;
    const extras = whole
      .slice(description.length)
      .replace(/(?<=\(|, )(?:choices|default):/g, translate)
      .replace(inWords, () => translate(inWords));
    return translate(description) + extras;
  };
  return {
    showGlobalOptions: true,
    styleTitle: translate,
    commandDescription: describeCommand,
    subcommandDescription: describeCommand,
    optionDescription: (option) => describe(option, PLAIN.optionDescription(option)),
    argumentDescription: (argument) => describe(argument, PLAIN.argumentDescription(argument)),
    // Commander itself breaks lines only at spaces, and counts wide letters as one column.
    boxWrap: (text, width) =>
      width < PLAIN.minWidthToWrap ? text : wrapAnsi(text, width, { hard: true }),
  };
}
