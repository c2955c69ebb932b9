// The licences of what is bundled, for everyone who gets a bundle: build.mjs writes them next to it.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Licences that allow a bundle to pass them on with only their text. */
const ALLOWED = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
]);

const LICENCE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/**
 * The text of the notices for bundles that esbuild made with `metafile` in `root`: each package of which a part is in
 * one, with its licence. Throws if packages have none, or one that is not allowed; the message names them all.
 */
export function notices(root, metafiles) {
  const folders = new Set(
    metafiles
      .flatMap(({ outputs }) => Object.values(outputs))
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .flatMap(([input]) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []),
  );
  const packages = [...folders].map((folder) => packageIn(path.resolve(root, folder)));
  const wrong = packages.flatMap(({ title, licence, texts }) => [
    ...(ALLOWED.has(licence) ? [] : [`${title}: its licence is ${licence}`]),
    ...(texts.length > 0 ? [] : [`${title}: it has no licence text`]),
  ]);
  if (wrong.length > 0) throw new Error(`Not to be bundled:\n${wrong.join("\n")}`);
  const sections = packages.map(
    ({ title, licence, texts }) => `${title} (${licence})\n\n${texts.join("\n\n")}\n`,
  );
  const rule = `\n${"-".repeat(80)}\n\n`;
  return ["Galley contains the following packages.\n", ...[...new Set(sections)].sort()].join(rule);
}

/** What a package says about itself, and the texts of its licence. */
function packageIn(folder) {
  const { name, version, license } = JSON.parse(
    readFileSync(path.join(folder, "package.json"), "utf8"),
  );
  const texts = readdirSync(folder)
    .filter((file) => LICENCE.test(file))
    .sort()
    .map((file) => readFileSync(path.join(folder, file), "utf8").replaceAll("\r\n", "\n").trim())
    .filter((text) => text !== "");
  return { title: `${name} ${version}`, licence: String(license), texts };
}
