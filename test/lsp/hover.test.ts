import { GFM, parser } from "@lezer/markdown";
import fc from "fast-check";
import type { ClientCapabilities, MarkupContent } from "vscode-languageserver/node";
import { describe, expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { FORMAT_IDS, getFormat } from "../../server/src/formats/registry.ts";
import { copiesSideBySide, hoverContent } from "../../server/src/lsp/hover/content.ts";
import { type Paragraph, toMarkdown, toPlainText } from "../../server/src/lsp/hover/rich-text.ts";
import type { Host } from "../../server/src/project/host.ts";
import { timers } from "../../server/src/host/timers.ts";
import { commandLink } from "../../server/src/lsp/to-protocol.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { oneLine } from "../../server/src/text/excerpt.ts";
import { openDraft, openFolder } from "../support/for-one-test.ts";
import { hostileDrafts } from "../support/hostile-drafts.ts";
import { likeVsCode, rangeOf, rulesOn, type TestClient } from "../support/lsp.ts";
import { runs } from "../support/property.ts";
import { versionOf } from "../support/repository.ts";
import { draftOf } from "../support/rules.ts";
import { LONG_BRIDGE } from "../support/passages.ts";

const markdown = parser.configure(GFM);

/** How Markdown renders a text: its letters without marks, and the markup it has. */
function read(text: string): { readonly shown: string; readonly markup: readonly string[] } {
  const markup: string[] = [];
  let shown = "";
  let at = 0;
  markdown.parse(text).iterate({
    enter: ({ name, from, to }) => {
      if (name === "Escape") {
        shown += text.slice(at, from) + text.charAt(from + 1);
        at = to;
      } else if (/^(?:EmphasisMark|QuoteMark|ListMark)$/.test(name)) {
        shown += text.slice(at, from);
        at = to;
      } else if (!/^(?:Document|Paragraph|Blockquote|BulletList|ListItem)$/.test(name)) {
        markup.push(name);
      }
    },
  });
  return { shown: shown + text.slice(at), markup };
}

const scraps = fc.constantFrom(
  ..."[a](command:evil) ![x](https://example.org/x.png) ](command:evil) word".split(" "),
  ..."https://example.org/a www.example.org me@example.org mailto:me@example.org".split(" "),
  ..."`code` ``` **bold** _so_ ~~gone~~ &lt; \\ \\* $(alert) === --- |---|---| [^1]".split(" "),
  ...[
    "<img src=x onerror=alert(1)>",
    "[x]: command:evil",
    "<!-- -->",
    "| a | b |",
    "<https://example.org>",
  ],
  ...["# ", "- ", "1. ", "> ", "\n", "\n\n", "    ", "\t", " "],
);
const hostile = fc.oneof(
  fc.array(scraps, { maxLength: 70 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 70 }),
);

const DISPLAY = {
  ...{ relatedInformation: true, unnecessaryTag: true, fades: false, codeDescription: true },
  ...{ docsBase: "file:///docs", showsRules: false },
};

describe("text from a draft", () => {
  test("is shown letter by letter, and is never markup", () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (a, b, c) => {
        for (const kind of ["quote", "item", "text"] as const) {
          const made = toMarkdown([{ kind, of: ["So: “", a, c, "”"] }]);
          const { shown, markup } = read(made);
          expect(markup, made).toEqual([]);
          expect(oneLine(shown).trim(), made).toBe(oneLine(`So: “${a}${c}”`).trim());
        }
        const strong = toMarkdown([
          { kind: "quote", of: ["So: “", a, " ", { strong: b }, " ", c, "”"] },
        ]);
        expect(
          read(strong).markup.filter((name) => name !== "StrongEmphasis"),
          strong,
        ).toEqual([]);
      }),
      runs(500),
    );
  });

  test("never breaks a line of a hover", () => {
    fc.assert(
      fc.property(hostileDrafts, fc.constantFrom(...FORMAT_IDS), hostile, (text, format, uri) => {
        const place = { command: "galley.goTo", arguments: [{ uri }] };
        const href = commandLink(place);
        const draft = draftOf(text, format);
        for (const finding of lint(draft, RULES, settingsFrom({}), { rethrow: true })) {
          const fixes = (finding.fixes ?? []).filter(({ edits }) => edits.length > 0);
          const content = hoverContent(finding, {
            draft,
            fixes,
            other: undefined,
            display: DISPLAY,
            links: [{ link: "Go to the other", href }],
          });
          const lines = toMarkdown(content)
            .split("\n")
            .filter((line) => line !== "");
          expect(lines).toHaveLength(content.length);
          const links = read(lines.join("\n\n")).markup.filter((name) => name === "Link");
          expect(links).toHaveLength(2);
          // A link does what it was made for, whatever a draft is called.
          const query = /\(<command:galley\.goTo\?([^>]*)>\)/.exec(toMarkdown(content))?.[1] ?? "";
          expect(JSON.parse(decodeURIComponent(query))).toEqual(place.arguments);
          // Except those of isolated quotations, in pairs; a quotation may begin in another.
          const plain = toPlainText(content).replace(
            /(?<=“)\u2068([^\p{Bidi_Control}]*)\u2069(?=[“”])/gu,
            "$1",
          );
          expect(plain).not.toMatch(/[\p{Bidi_Control}\u2028\0\uFFFC]/u);
        }
      }),
      runs(150),
    );
  });
});

test("both copies are shown, with the words bold that only one has", () => {
  const here =
    "The council decided on Monday to close the old bridge to heavy lorries until spring.";
  const there = "The council voted on Monday to close the old bridge to lorries until spring.";
  const words = (of: Paragraph["of"]): string[] =>
    of.flatMap((one) => (typeof one !== "string" && "strong" in one ? [one.strong] : []));
  const copies = copiesSideBySide(getFormat("markdown"), here, there);
  expect(words(copies.here)).toEqual(["decided", "heavy"]);
  expect(words(copies.there)).toEqual(["voted"]);
  const line = toPlainText([{ kind: "text", of: copies.here }]);
  expect(line.replace(/[⟨⟩]/g, "")).toBe(here);
});

const HOLE = "The dam is safe. The stalls open at nine, according to . The rest follows.\n";

/** The hover at the start of some words of an open draft. */
async function hover(client: TestClient, uri: string, words: string): Promise<MarkupContent> {
  const found = await client.hover(uri, words);
  if (found === null) throw new Error("Nothing is shown.");
  return found.contents as MarkupContent;
}

function showing(...contentFormat: ("markdown" | "plaintext")[]): {
  readonly capabilities: ClientCapabilities;
} {
  const textDocument = contentFormat.length === 0 ? {} : { hover: { contentFormat } };
  return { capabilities: likeVsCode({}, textDocument) };
}

describe("a hover", () => {
  const RULES_ON = rulesOn("empty-attribution", "repeated-block");
  const COPY = "The council voted on Monday to close the old bridge to lorries until the spring.";
  const EDITED = `${COPY}\n\nIt rained.\n\n${COPY.replace("voted", "decided")}\n`;

  test("has the sentence with the hole marked, what each fix does, and why", async () => {
    const { client, uri } = await openDraft(HOLE, {
      ...{ ...showing("markdown", "plaintext"), ...RULES_ON },
      initializationOptions: { docsBase: "file:///docs/" },
    });
    const [found] = await client.diagnostics(uri);
    expect((await client.hover(uri, "to ."))?.range).toEqual(found?.range);
    expect(await hover(client, uri, "to .")).toEqual({
      kind: "markdown",
      value: [
        "> “The stalls open at nine, according to **▢**.”",
        "",
        "- **Mark the loss with TK**: gives “… stalls open at nine, according to TK. The rest follows.”",
        "",
        "An attribution without its source. [Why?](<file:///docs/empty-attribution.md>)",
      ].join("\n"),
    });
    // Nothing is shown where nothing is found, and outside drafts.
    expect(await client.hover(uri, "dam")).toBeNull();
    const params = { textDocument: { uri: "untitled:b" }, position: { line: 0, character: 0 } };
    expect(await client.request("textDocument/hover", params)).toBeNull();
  });

  test.each([[["plaintext"] as const], [[]]])(
    "is plain text for a client that shows %j",
    async (formats) => {
      const { client, uri } = await openDraft(HOLE, { ...showing(...formats), ...RULES_ON });
      const { kind, value } = await hover(client, uri, "to .");
      expect(kind).toBe("plaintext");
      expect(value).toContain("according to ⟨▢⟩.”");
      expect(value).toMatch(/Why\? galley rules empty-attribution$/);
    },
  );

  test("has both copies of a repeat, and how many words a deletion takes", async () => {
    const { client, uri } = await openDraft(EDITED, { ...showing("markdown"), ...RULES_ON });
    const { value } = await hover(client, uri, "The council decided");
    expect(value).toContain("> Here: “The council **decided** on Monday");
    expect(value).toContain("> There, line 1: “The council **voted** on Monday");
    expect(value).toMatch(
      /- \*\*Delete this copy\*\*: takes out “The council decided .*…?” \(15 words\)/,
    );
  });

  test("has an exact copy once, and says so", async () => {
    const text = `${COPY}\n\nIt rained.\n\n${COPY}\nThe end.\n`;
    const { client, uri } = await openDraft(text, { ...showing("markdown"), ...RULES_ON });
    const { value } = await hover(client, uri, "until the spring.\nThe end");
    expect(value).toContain(`> Here and, word for word, line 1: “${COPY}”`);
    expect(value).not.toContain("There");
  });

  test("links to the other copy and to both side by side, for a read-only document", async () => {
    const commands = ["galley.compare", "galley.showRule"];
    for (const initializationOptions of [{ commands }, {}]) {
      const options = { ...showing("markdown"), ...RULES_ON, initializationOptions };
      const { client, uri } = await openDraft(EDITED, options);
      const [found] = await client.diagnostics(uri);
      const { value } = await hover(client, uri, "The council decided");
      const links = [...value.matchAll(/\[([^\]]*)\]\(<command:([\w.]+)\?([^>]*)>\)/g)].map(
        ([, title, command, query = ""]) =>
          [title, command, JSON.parse(decodeURIComponent(query))] as const,
      );
      const [here, there] = [found?.range, rangeOf(EDITED, COPY)].map((range) => ({ uri, range }));
      const all = [
        ["Go to the other", "galley.goTo", [there]],
        ["Open both side by side", "galley.compare", [there, here]],
        ["Why?", "galley.showRule", ["repeated-block"]],
      ];
      expect(links).toEqual("commands" in initializationOptions ? all : []);
    }
  });

  test("reads the other copy from another draft", async () => {
    const one = `# Bridge\n\nNothing else is known of this bridge.\n\n${LONG_BRIDGE}\n`;
    const two = `# Ferry\n\nThe ferry was built in another century.\n\n${LONG_BRIDGE.replace("eleven", "twelve")}\n\nIt is painted green every year.\n`;
    const galley = { rules: { "repeated-elsewhere": {} }, repeats: { sensitivity: "eager" } };
    const { folder, client } = await openFolder(
      { "one.md": one, "two.md": two },
      { ...showing("markdown"), settings: { galley } },
    );
    const uri = folder.uriOf("two.md");
    await client.open(uri, two);
    await client.settled();
    const { value } = await hover(client, uri, "harbour");
    expect(value).toContain("closed for **twelve** weeks");
    expect(value).toContain("> There, line 5 of one.md: “");
    expect(value).toContain("closed for **eleven** weeks");
  });

  test.each([
    [["one.md"], "one.md is in git, and this draft is not yet."],
    [["two.md"], "This draft is in git, and one.md is not yet."],
    [["one.md", "two.md"], undefined],
    [[], undefined],
    ["no answer", undefined],
    ["one.md alone is known", undefined],
  ] as const)("says which of two equal drafts git has: %j", async (inGit, says) => {
    const words = Array.from({ length: 80 }, (_, at) => `word${at}`).join(" ");
    const text = `# Bridge\n\n${words}.\n`;
    const versions: Host["versions"] = (path) => {
      if (inGit === "no answer") return new Promise(() => undefined);
      if (typeof inGit === "string")
        return Promise.resolve(path.endsWith("two.md") ? undefined : [versionOf(text)]);
      const has = inGit.some((name) => path.endsWith(name));
      return Promise.resolve(has ? [versionOf(text)] : []);
    };
    // Two answers take longer than an impatient clock waits.
    const host = { clock: timers, versions };
    const { folder, client } = await openFolder(
      { "one.md": text, "two.md": text },
      { ...showing("plaintext"), ...rulesOn("repeated-elsewhere"), host },
    );
    const uri = folder.uriOf("two.md");
    await client.open(uri, text);
    await client.settled();
    const { value } = await hover(client, uri, "Bridge");
    expect(/.* in git, .*/.exec(value)?.[0]).toBe(says);
  });
});
