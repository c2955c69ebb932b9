import de from "../../../l10n/bundle.l10n.de.json";
import es from "../../../l10n/bundle.l10n.es.json";
import fr from "../../../l10n/bundle.l10n.fr.json";
import ja from "../../../l10n/bundle.l10n.ja.json";
import zh from "../../../l10n/bundle.l10n.zh-cn.json";
import type { Translations } from "./wording.ts";

const BY_LANGUAGE: Readonly<Record<string, Translations>> = { de, es, fr, ja, zh };

/** The texts for a locale such as “de-AT”; undefined if that is English. */
export function translationsFor(locale: unknown): Translations | undefined {
  if (typeof locale !== "string") return undefined;
  const [language = "", ...others] = locale.toLowerCase().split(/[-_.]/);
  // They are written in the other script.
  if (language === "zh" && others.some((one) => ["tw", "hk", "mo", "hant"].includes(one))) {
    return undefined;
  }
  return Object.hasOwn(BY_LANGUAGE, language) ? BY_LANGUAGE[language] : undefined;
}
