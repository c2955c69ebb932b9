// Writes everything that is generated:
// - from the rules: their pages, the settings in package.json with their texts, and the schemas of the config files
// - from the formats: what starts Galley in VS Code, which documents it gets, and the lists of drafts in README and hook
// - from `homepage` in package.json: every other address of the project
//   npm run generate             writes it
//   npm run generate -- --check  only says whether what is committed is fresh
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { rulePage, rulesPage } from "../server/src/rules/support/rule-page.ts";
import { baselineSchema } from "../server/src/settings/baseline-file.ts";
import { configSchema } from "../server/src/settings/schema.ts";
import { RULES } from "../server/src/rules/index.ts";
import { withDraftKinds, withDraftNames } from "./draft-lists.ts";
import { activationEvents, languagesModule } from "./editor-languages.ts";
import { editorSections } from "./editor-properties.ts";
import { keyed, type Texts } from "./manifest-texts.ts";
import { sensitivityPage } from "./sensitivity-page.ts";
import { kernelModule } from "./kernel-module.ts";

const root = path.dirname(import.meta.dirname);
const pages = "docs/rules";
const HOOK = ".pre-commit-hooks.yaml";
const TEXTS = "package.nls.json";

/** Every generated file: its path below the project and its text. */
export async function generated(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  files.set(`${pages}/README.md`, rulesPage(RULES));
  files.set(`${pages}/sensitivity.md`, sensitivityPage());
  for (const rule of RULES) files.set(`${pages}/${rule.id}.md`, rulePage(rule));
  const schema = { $schema: "http://json-schema.org/draft-07/schema#", ...configSchema() };
  files.set(`${pages}/galley.schema.json`, json(schema));
  const baseline = { $schema: "http://json-schema.org/draft-07/schema#", ...baselineSchema() };
  files.set(`${pages}/galley-baseline.schema.json`, json(baseline));
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Manifest;
  const { sections, texts } = keyed(editorSections(), JSON.parse(read(TEXTS) ?? "{}") as Texts);
  manifest.contributes.configuration = sections;
  manifest.activationEvents = activationEvents();
  manifest.repository.url = `git+${manifest.homepage}.git`;
  manifest.bugs.url = `${manifest.homepage}/issues`;
  files.set("README.md", withDraftKinds(withOwner(read("README.md") ?? "", manifest.homepage)));
  for (const file of ["action.yml", "docs/ci.md"]) {
    files.set(file, withOwner(read(file) ?? "", manifest.homepage));
  }
  files.set(HOOK, withDraftNames(read(HOOK) ?? ""));
  files.set("client/src/languages.generated.ts", await prettily(languagesModule()));
  files.set(
    "server/src/missing/reader/kernel.generated.ts",
    await prettily(await kernelModule(read("server/src/missing/reader/kernel.wat") ?? "")),
  );
  files.set(TEXTS, json(texts));
  files.set("package.json", await format(json(manifest), { parser: "json-stringify" }));
  return files;
}

/** The generated files that are out of date. */
export function stale(files: ReadonlyMap<string, string>): string[] {
  const wrong = [...files].filter(([file, text]) => read(file) !== text).map(([file]) => file);
  const leftOver = readdirSync(path.join(root, pages))
    .map((name) => `${pages}/${name}`)
    .filter((file) => !files.has(file));
  return [...wrong, ...leftOver].sort();
}

/** A text with the owner from the homepage in each address of this project and of its mirror. */
export function withOwner(text: string, homepage: string): string {
  const [, owner = ""] = new URL(homepage).pathname.split("/");
  return text.replace(
    /(https:\/\/github\.com\/|uses: |:-)[\w.-]+(?=\/galley\b)/g,
    (_, before: string) => before + owner,
  );
}

interface Manifest {
  readonly homepage: string;
  readonly repository: { url: string };
  readonly bugs: { url: string };
  activationEvents: readonly string[];
  readonly contributes: Record<string, unknown>;
}

/** TypeScript, formatted by Prettier. */
async function prettily(source: string): Promise<string> {
  const options = await resolveConfig(path.join(root, "package.json"));
  return await format(source, { ...options, parser: "typescript" });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(path.join(root, file), "utf8");
  } catch {
    return undefined;
  }
}

if (import.meta.filename === process.argv[1]) {
  mkdirSync(path.join(root, pages), { recursive: true });
  const files = await generated();
  const wrong = stale(files);
  if (process.argv.includes("--check")) {
    if (wrong.length > 0) {
      console.error(`Not fresh: ${wrong.join(", ")}. Run npm run generate and commit.`);
      process.exitCode = 1;
    }
  } else {
    for (const file of wrong) {
      const text = files.get(file);
      if (text === undefined) rmSync(path.join(root, file));
      else writeFileSync(path.join(root, file), text);
      console.log(`${text === undefined ? "removed" : "wrote"} ${file}`);
    }
  }
}
