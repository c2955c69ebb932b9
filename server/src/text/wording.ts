/** A text for people in English, with “{0}”, “{1}” and so on for its arguments. The English text is its key. */
export interface Wording {
  readonly text: string;
  readonly args: readonly Argument[];
}

export type Argument = string | number | Wording;

/** A wording about something that is named in it. */
export type Statement = (about: Argument) => Wording;

/** The texts of a language, by their English texts. Missing texts are shown in English. */
export type Translations = Readonly<Record<string, string>>;

/** The text is a literal, so that a test can find what languages must have. */
export function wording(text: string, ...args: readonly Argument[]): Wording {
  return { text, args };
}

/** A wording in some language, by default English. Arguments are inserted unchanged. */
export function say({ text, args }: Wording, translations: Translations = {}): string {
  const said = Object.hasOwn(translations, text) ? translations[text] : undefined;
  return (said ?? text).replace(/\{(\d+)\}/g, (placeholder, index) => {
    const arg = args[Number(index)];
    if (arg === undefined) return placeholder;
    return typeof arg === "object" ? say(arg, translations) : String(arg);
  });
}

/** A number with the language's thousands separator: “1,200”. */
export function grouped(count: number): Argument {
  if (count < 1000) return count;
  const rest = String(count % 1000).padStart(3, "0");
  return wording("{0},{1}", grouped(Math.floor(count / 1000)), rest);
}

/** A number with this many decimals, and the language's decimal separator: “0.50”. */
export function decimal(number: number, figures: number): Argument {
  const [whole = "", fraction = ""] = number.toFixed(figures).split(".");
  return wording("{0}.{1}", whole, fraction);
}

/** The wording for one thing, or for this many. */
export function countedAs(
  count: number,
  one: Wording,
  many: (count: Argument) => Wording,
): Wording {
  return count === 1 ? one : many(grouped(count));
}
