import fc from "fast-check";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { Range } from "../../server/src/cli/reported.ts";
import type { Diagnostic } from "vscode-languageserver/node";
import { reportIn, runIn } from "./command.ts";
import { type Folder, newFolder } from "./folder.ts";
import { saidOfLeft, saidOfReadiness, severityOf } from "./left.ts";
import { connect, EVERY_RULE } from "./lsp.ts";
import { LONG_BRIDGE } from "./passages.ts";

/*
 * Random folders of drafts, and what the command line and the language server find in them.
 */

const OTHER =
  "Twelve volunteers have painted the library steps since March, and the head librarian says that nobody has slipped on them during all of the wet weeks that followed.";

/** In many drafts these are a template's and a tool's: an empty section, a label that alone is undefined. */
export const EMPTY_SECTION = "## Notes\n\n## Sources\n\nThe minutes of the council.";
export const LOST_REFERENCE =
  "It is told in [the minutes of May][minutes].\n\nRead [the rules][rules], too.\n\n[rules]: /rules";

const PARAGRAPHS = [
  LONG_BRIDGE,
  LONG_BRIDGE,
  OTHER,
  LONG_BRIDGE.replace("eleven weeks", "ten months"),
  "The stalls open at the the market square at nine.",
  "<!-- stet repeated-word -->\n\nThe barges pass under the the bridge at noon.",
  "<!-- stet repeated-elsewhere -->",
  "<!-- stet -->",
  "<!-- stet no-such-rule -->",
  "According to , the budget was approved on Monday.",
  "The council met on Monday, and all of its members came.",
  "## A heading",
  EMPTY_SECTION,
  EMPTY_SECTION,
  EMPTY_SECTION,
  `<!-- stet -->\n\n${EMPTY_SECTION}`,
  LOST_REFERENCE,
  LOST_REFERENCE,
  "Read [the report][report] first.\n\n[report]: https://example.org",
  `${OTHER}\n\nIt was told by the .\n\n${OTHER}\n\nIt was told by the .`,
];

const NAMES = [
  ...["a.md", "b.md", "notes.txt", "page.html", "component.mdx", "CHANGELOG.md", "history.md"],
  ...["pull_request_template.md", "robots.txt", "50% #1?.md", "grün [slug].md", "%41.md"],
  ...["picture.png"],
];

const FOLDERS = [
  ...["", "in/", "in/deep/", "in/deep/er/", "other/", "node_modules/one/", "vendor/", "in/vendor/"],
  ...["nested/", "nested/in/", "test/fixtures/"],
];

const CONFIGS = [
  '{"rules": {"repeated-word": "off"}}',
  '{"exclude": ["deep"]}',
  '{"exclude": ["in/deep/**", "b.md"]}',
  '{"exclude": ["/other", "nested"]}',
  '{"include": ["b.md", "**/*.html"]}',
  '{"include": ["vendor/**"]}',
  '{"include": ["node_modules/one/*.md", "CHANGELOG.md"]}',
  '{"rules": {"repeated-elsewhere": {"maxDrafts": 2}}}',
  '{"rules": {"repeated-elsewhere": "off"}}',
  '{"overrides": [{"files": ["a.md"], "rules": {"repeated-elsewhere": {"maxDrafts": 9}}}]}',
  '{"overrides": [{"files": ["a.md", "deep"], "rules": {"repeated-word": "off", "repeated-elsewhere": "hint"}}]}',
  '{"language": "de", "overrides": [{"files": ["*.md"], "language": "en"}]}',
  '{"accept": ["the the"]}',
  '{"rules": {"empty-section": "off", "empty-link": "hint"}}',
  '{"exclude": ["50% #1[?].md", "[[]slug]"]}',
  '{"extends": ["./house.json"]}',
  '{"extends": ["../house.json", "./loud.json"], "rules": {"repeated-elsewhere": "off"}}',
  '{"extends": ["@paper/style", "../../../house.json"]}',
  '{"extends": ["https://example.org/house.json", "/house.json", "./a.md"]}',
  '{"rulez": {}}',
  '{"rules": ',
  "{}",
];

const EXTENDED_NAMES = [
  "house.json",
  "in/house.json",
  "in/loud.json",
  "loud.json",
  "node_modules/@paper/style/.galley.json",
  "in/node_modules/@paper/style/.galley.json",
];

const IGNORES = [
  ...["a.md\n", "in/\n", "*.md\n!b.md\n", "deep\n", "/nested/*\n!/nested/in/\n", "b.md\n*.txt\n"],
  ...["**/vendor\n", "50% #1*.md\n%41.md\n"],
];

const text = fc
  .array(fc.constantFrom(...PARAGRAPHS), { maxLength: 6 })
  .map((parts) => (parts.length === 0 ? "" : `${parts.join("\n\n")}\n`));

const draft = fc.record({
  name: fc.tuple(fc.constantFrom(...FOLDERS), fc.constantFrom(...NAMES)).map((all) => all.join("")),
  text,
});

/** A file with this name in one of some folders, with one of some texts. */
const fileIn = (folders: readonly string[], name: string, texts: readonly string[]) =>
  fc.record({
    name: fc.constantFrom(...folders).map((folder) => folder + name),
    text: fc.constantFrom(...texts),
  });

const rules = fc.oneof(
  fileIn(FOLDERS, ".galley.json", CONFIGS),
  fileIn(EXTENDED_NAMES, "", CONFIGS),
  fileIn(FOLDERS, ".gitignore", IGNORES),
  fileIn(["", "nested/"], ".git/info/exclude", IGNORES),
);

/** The files of a folder, by their names in it. */
export const folderOfDrafts = fc
  .tuple(fc.array(draft, { minLength: 1, maxLength: 12 }), fc.array(rules, { maxLength: 6 }))
  .map(([drafts, others]) =>
    Object.fromEntries([...drafts, ...others].map((one) => [one.name, one.text])),
  );

/** Another name for a file of the folder, or for a missing one. */
export interface Link {
  readonly kind: "symbolic" | "hard";
  readonly name: string;
  readonly target: string;
}

const place = fc
  .tuple(fc.constantFrom("", "in/", "other/", "nested/"), fc.constantFrom("a.md", "b.md", "c.md"))
  .map((all) => all.join(""));

/** Some lead to each other, to themselves, to nowhere, or to a folder that contains them. */
export const linksInFolder: fc.Arbitrary<readonly Link[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("symbolic", "hard"),
    name: fc.oneof(place, fc.constantFrom("round", "in/round", "other/notes.txt", "z.md")),
    target: fc.oneof(place, fc.constantFrom("", "in", "nested", "z.md", ".gitignore")),
  }),
  { maxLength: 5 },
);

/** Makes those links whose names are free. */
function makeLinks(folder: Folder, links: readonly Link[]): void {
  for (const { kind, name, target } of links) {
    try {
      if (kind === "symbolic") folder.link(name, target);
      else folder.nameAgain(name, target);
    } catch {
      // Such a file exists already, or there is no file to link to.
    }
  }
}

/** One surface's report about a folder, in a form that both have. */
export interface Said {
  /** One line for each finding of each checked draft. */
  readonly drafts: Readonly<Record<string, readonly string[]>>;
  /** One line for each mistake of each config file. */
  readonly configs: readonly string[];
}

function line(
  rule: string,
  severity: string,
  range: Range,
  message: string,
  related: readonly string[],
): string {
  return `${placeOf(range)} ${severity} ${rule}: ${message} ${related.join(" | ")}`;
}

function placeOf({ start, end }: Range): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}

/** What `galley check` reports about a folder, with `more` arguments. */
export async function saidByCommand(folder: string, ...more: readonly string[]): Promise<Said> {
  const { out } = await runIn(folder, "check", "--hints", "--format", "json", ...more);
  const { files, problems } = reportIn(out);
  return {
    drafts: Object.fromEntries(
      files.map((file) => [
        file.path,
        file.findings.map(({ rule, severity, range, message, related }) =>
          line(
            rule,
            severity,
            range,
            message,
            related.map((one) => `${one.path ?? file.path} ${placeOf(one.range)} ${one.message}`),
          ),
        ),
      ]),
    ),
    // For what can't be read, such as a dangling link, an editor shows an error when it is opened.
    configs: problems
      .filter((one) => path.extname(one.path) === ".json")
      .map((one) => `${one.path}:${one.message}`)
      .sort(),
  };
}

function plain(message: Diagnostic["message"]): string {
  return typeof message === "string" ? message : message.value;
}

const LANGUAGE: Readonly<Record<string, string>> = {
  ".md": "markdown",
  ".mdx": "mdx",
  ".txt": "plaintext",
  ".html": "html",
};

/** What the language server reports about a folder that is its workspace, over the wire, with these editor settings. */
export async function saidByServer(
  folder: string,
  uri: string,
  galley?: Readonly<Record<string, unknown>>,
): Promise<Said> {
  // A test's client has most rules off, so each is set to its default.
  const settings = galley === undefined ? null : { galley: { ...galley, rules: EVERY_RULE } };
  const client = await connect({ folders: [uri], settings });
  try {
    const pull = client.workspace();
    await client.settled();
    const nameOf = (of: string): string =>
      path.relative(folder, fileURLToPath(of)).split(path.sep).join("/");
    const drafts: Record<string, readonly string[]> = {};
    const configs: string[] = [];
    const listed = new Map<string, readonly Diagnostic[]>();
    for (const report of pull.items) {
      if (report.kind !== "full") continue;
      const name = nameOf(report.uri);
      const isConfig = name.endsWith(".json");
      for (const { range, message } of isConfig ? report.items : []) {
        const { line: at, character } = range.start;
        configs.push(`${name}:${at + 1}:${character + 1}: ${plain(message)}`);
      }
      if (isConfig) continue;
      listed.set(report.uri, report.items);
      drafts[name] = report.items.map((one) =>
        line(
          String(one.code),
          severityOf(one),
          one.range,
          plain(one.message),
          (one.relatedInformation ?? []).map(
            ({ location, message }) =>
              `${nameOf(location.uri)} ${placeOf(location.range)} ${message}`,
          ),
        ),
      );
    }
    const said = [await saidOfReadiness(client, listed)];
    for (const of of listed.keys()) {
      await client.open(of, readFileSync(fileURLToPath(of), "utf8"), LANGUAGE[path.extname(of)]);
    }
    await client.settled();
    for (const [of, items] of listed) said.push(await saidOfLeft(client, of, items));
    expect(said.map(([one]) => one)).toEqual(said.map(([, other]) => other));
    return { drafts, configs: configs.sort() };
  } finally {
    await client.stop();
  }
}

/** What both surfaces report about a folder with these files, or about its folder `top`. */
export async function saidByBoth(
  files: Readonly<Record<string, string>>,
  top = "",
  links: readonly Link[] = [],
): Promise<{ command: Said; server: Said }> {
  const folder = newFolder(files);
  makeLinks(folder, links);
  const place = path.join(folder.path, top);
  try {
    return {
      command: await saidByCommand(place),
      server: await saidByServer(place, top === "" ? folder.uri : folder.uriOf(top)),
    };
  } finally {
    folder.dispose();
  }
}
