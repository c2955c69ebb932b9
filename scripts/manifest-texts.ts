import type { Property, SettingsSection } from "./editor-properties.ts";

/** Texts of the manifest by key: `package.nls.json` has the English ones, and each language its own file. */
export type Texts = Readonly<Record<string, string>>;

/** Keys of settings; all others in `package.nls.json` are written by hand. */
const OF_SETTINGS = /^(?:settings|galley)\./;

/** Settings with keys for their texts, and the texts of `package.nls.json` with the new ones for settings. */
export function keyed(
  sections: readonly SettingsSection[],
  before: Texts,
): { readonly sections: readonly unknown[]; readonly texts: Texts } {
  const texts = new Map(Object.entries(before).filter(([key]) => !OF_SETTINGS.test(key)));
  const keyFor = (key: string, text: string): string => {
    texts.set(key, text);
    return `%${key}%`;
  };
  const withKeys = (name: string, property: Property): Property => {
    const { description, markdownDescription, enumDescriptions } = property;
    // The severities mean the same for each rule.
    const values = name.replace(/^galley\.rules\.[^.]+\.severity$/, "galley.rules.severity");
    return {
      ...property,
      ...(description === undefined ? {} : { description: keyFor(name, description) }),
      ...(enumDescriptions === undefined
        ? {}
        : {
            enumDescriptions: enumDescriptions.map((text, index) =>
              keyFor(`${values}=${property.enum?.[index] ?? ""}`, text),
            ),
          }),
      ...(markdownDescription === undefined
        ? {}
        : { markdownDescription: keyFor(name, markdownDescription) }),
    };
  };
  const all = sections.map(({ title, order, properties }) => ({
    title: keyFor(`settings.${title}`, title),
    order,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, withKeys(name, property)]),
    ),
  }));
  return { sections: all, texts: Object.fromEntries(texts) };
}
