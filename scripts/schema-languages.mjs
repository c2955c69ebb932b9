// The schema of .galley.json in each language of VS Code that has its texts. The manifest names the file of each.
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";

/** The schema in each language, by its name in VS Code. */
export function schemas(root) {
  const read = (file) => JSON.parse(readFileSync(path.join(root, file), "utf8"));
  const schema = read("docs/rules/galley.schema.json");
  const english = read("package.nls.json");
  const languages = readdirSync(path.join(root, "l10n")).map((file) => file.split(".").at(-2));
  const translated = languages.map((language) => {
    const manifest = read(`package.nls.${language}.json`);
    const texts = new Map(Object.entries(read(`l10n/bundle.l10n.${language}.json`)));
    for (const [key, text] of Object.entries(english)) {
      texts.set(withoutLink(text), withoutLink(manifest[key]));
    }
    return [language, localized(schema, texts)];
  });
  return new Map([["en", schema], ...translated]);
}

export async function writeSchemas(root, out) {
  for (const [language, schema] of schemas(root)) {
    await writeFile(path.join(out, `schema.${language}.json`), JSON.stringify(schema));
  }
}

/** A setting of the editor may end in a link to a command, which a schema can't have. */
function withoutLink(text) {
  return text.includes("](command:") ? text.slice(0, text.lastIndexOf("[")).trimEnd() : text;
}

function localized(value, texts) {
  const say = (text) => texts.get(text) ?? text;
  if (Array.isArray(value)) return value.map((item) => localized(item, texts));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      if (key === "description" && typeof part === "string") return [key, say(part)];
      if (key === "enumDescriptions") return [key, part.map(say)];
      return [key, localized(part, texts)];
    }),
  );
}
