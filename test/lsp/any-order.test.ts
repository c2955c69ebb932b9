import fc from "fast-check";
import { expect, test } from "vitest";
import type { Clock } from "../../server/src/lsp/host.ts";
import { timers } from "../../server/src/lsp/timers.ts";
import type { Folder } from "../support/folder.ts";
import { newFolder } from "../support/folder.ts";
import type { TestClient } from "../support/lsp.ts";
import { connect } from "../support/lsp.ts";
import { runs } from "../support/property.ts";

/*
 * Whatever happens to files and editors, in whatever order, the diagnostics that a client ends up with
 * are those that a fresh start on the same files and editors gives.
 */

const SHARED =
  "The harbour bridge was closed for eleven weeks last spring while engineers replaced the bearings under its northern arch, and traffic was led over the old ferry slip instead.";

const TEXTS = [
  "The stalls open at the the market square at nine.\n",
  "All is well in this town, and has been for long.\n",
  `# Bridge\n\n${SHARED}\n`,
  `# Ferry\n\nThe ferry came to to the quay.\n\n${SHARED}\n\nIt left again.\n`,
  "",
];
const NAMES = ["a.md", "b.md", "in/c.md", "in/deep/d.md", "other/e.txt"];
const FOLDERS = ["in", "in/deep", "other"];
const CONFIGS = [
  '{"rules": {"repeated-word": "off"}}',
  '{"exclude": ["deep"]}',
  '{"include": ["b.md"]}',
  '{"rules": {"repeated-elsewhere": "off"}}',
  '{"rules": ',
];
const IGNORES = ["a.md\n", "in/\n", "*.md\n!b.md\n", "deep\n"];

type Event =
  | { readonly kind: "write"; readonly name: string; readonly text: string }
  | { readonly kind: "remove"; readonly name: string }
  | { readonly kind: "move"; readonly from: string; readonly to: string }
  | { readonly kind: "open"; readonly name: string; readonly text: string }
  | { readonly kind: "type"; readonly name: string; readonly at: number; readonly text: string }
  | { readonly kind: "save"; readonly name: string }
  | { readonly kind: "close"; readonly name: string }
  | { readonly kind: "pause" };

const name = fc.constantFrom(...NAMES);
const text = fc.constantFrom(...TEXTS);
const rules = fc.oneof(
  fc.record({
    name: fc.constantFrom(".galley.json", "in/.galley.json"),
    text: fc.constantFrom(...CONFIGS),
  }),
  fc.record({
    name: fc.constantFrom(".gitignore", "in/.gitignore"),
    text: fc.constantFrom(...IGNORES),
  }),
);

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("write" as const), name, text }) },
  { weight: 2, arbitrary: rules.map((one) => ({ kind: "write" as const, ...one })) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("remove" as const),
      name: fc.constantFrom(...NAMES, ...FOLDERS, ".galley.json", "in/.galley.json", ".gitignore"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("move" as const),
      from: fc.constantFrom(...FOLDERS),
      to: fc.constantFrom("moved", "other/moved"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("open" as const), name, text }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("type" as const),
      name,
      at: fc.nat(200),
      text: fc.constantFrom("x", " the the ", "\n\n", SHARED),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("save" as const), name }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("close" as const), name }) },
  { weight: 1, arbitrary: fc.constant({ kind: "pause" as const }) },
);

/** Pauses are shorter here; what they are for is tested elsewhere. */
const clock: Clock = {
  ...timers,
  after: (milliseconds, call) => timers.after(milliseconds / 30, call),
};

/** What stands in editors: the name of each file and its text. */
type Editors = Map<string, string>;

async function happen(
  one: Event,
  folder: Folder,
  client: TestClient,
  editors: Editors,
): Promise<void> {
  const tell = (...changes: [string, number][]): Promise<void> =>
    client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: changes.map(([file, type]) => ({ uri: folder.uriOf(file), type })),
    });
  switch (one.kind) {
    case "write": {
      const isNew = !folder.has(one.name);
      folder.write(one.name, one.text);
      return tell([one.name, isNew ? 1 : 2]);
    }
    case "remove":
      if (!folder.has(one.name)) return;
      folder.remove(one.name);
      return tell([one.name, 3]);
    case "move":
      if (!folder.has(one.from) || folder.has(one.to) || one.to.startsWith(`${one.from}/`)) return;
      folder.move(one.from, one.to);
      // As VS Code tells it: of the folders alone.
      return tell([one.from, 3], [one.to, 1]);
    case "open":
      if (editors.has(one.name)) return;
      editors.set(one.name, one.text);
      return client.open(folder.uriOf(one.name), one.text, languageOf(one.name));
    case "type": {
      const before = editors.get(one.name);
      if (before === undefined) return;
      const at = Math.min(one.at, before.length);
      editors.set(one.name, before.slice(0, at) + one.text + before.slice(at));
      const lines = before.slice(0, at).split("\n");
      const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
      return client.change(folder.uriOf(one.name), {
        range: { start: position, end: position },
        text: one.text,
      });
    }
    case "save": {
      const words = editors.get(one.name);
      if (words === undefined) return;
      await happen({ kind: "write", name: one.name, text: words }, folder, client, editors);
      return client.connection.sendNotification("textDocument/didSave", {
        textDocument: { uri: folder.uriOf(one.name) },
      });
    }
    case "close":
      if (!editors.delete(one.name)) return;
      return client.close(folder.uriOf(one.name));
    case "pause":
      await client.connection.sendRequest("galley/settled");
  }
}

function languageOf(file: string): string {
  return file.endsWith(".md") ? "markdown" : "plaintext";
}

/** What a client shows in the end, by file. */
async function shown(
  client: TestClient,
  pull: ReturnType<TestClient["workspace"]>,
): Promise<object> {
  await client.connection.sendRequest("galley/settled");
  const all = new Map<string, unknown>();
  for (const item of pull.items) if (item.kind === "full") all.set(item.uri, item.items);
  return Object.fromEntries([...all].filter(([, items]) => (items as unknown[]).length > 0).sort());
}

/** Orders that once ended otherwise. */
const FOUND_BEFORE: readonly Event[][] = [
  [
    { kind: "pause" },
    { kind: "write", name: ".galley.json", text: '{"rules": {"repeated-word": "off"}}' },
    { kind: "open", name: "a.md", text: TEXTS[2] ?? "" },
    { kind: "write", name: "in/deep/d.md", text: TEXTS[2] ?? "" },
  ],
  [
    { kind: "open", name: "a.md", text: TEXTS[2] ?? "" },
    { kind: "pause" },
    { kind: "write", name: ".galley.json", text: '{"rules": {"repeated-elsewhere": "off"}}' },
  ],
];

test("any order of events ends as a fresh start does", { timeout: 600_000 }, async () => {
  const settings = { galley: { rules: { "repeated-elsewhere": {}, "repeated-block": {} } } };
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 14 }), async (events) => {
      const folder = newFolder({ "a.md": TEXTS[0] ?? "", "in/c.md": TEXTS[2] ?? "" });
      const editors: Editors = new Map();
      const client = await connect({ folders: [folder.uri], settings, host: { clock } });
      const pull = client.workspace();
      for (const one of events) await happen(one, folder, client, editors);
      // Whether a plain text is a draft is told when it is opened or saved.
      for (const file of editors.keys()) {
        if (languageOf(file) !== "plaintext") continue;
        await happen({ kind: "save", name: file }, folder, client, editors);
      }
      const after = await shown(client, pull);
      await client.stop();

      const fresh = await connect({ folders: [folder.uri], settings, host: { clock } });
      for (const [file, words] of editors) {
        await fresh.open(folder.uriOf(file), words, languageOf(file));
      }
      const expected = await shown(fresh, fresh.workspace());
      await fresh.stop();
      folder.dispose();
      expect(after).toEqual(expected);
    }),
    {
      ...runs(30),
      examples: FOUND_BEFORE.map((events): [Event[]] => [events]),
    },
  );
});
