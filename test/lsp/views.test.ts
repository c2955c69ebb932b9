import fc from "fast-check";
import { rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import {
  type CountedEdit,
  type ListedStet,
  NOT_CHECKED,
  type NotChecked,
  REMOVE_STET,
  STETS,
} from "../../server/src/protocol.ts";
import { parseConfig } from "../../server/src/settings/config/config.ts";
import { runIn } from "../support/command.ts";
import { changeFiles, newFolder, openFolder } from "../support/for-one-test.ts";
import { connect, edited, type TestClient } from "../support/lsp.ts";
import { runs } from "../support/property.ts";
import { folderOfDrafts } from "../support/surfaces.ts";

/* What the views of all drafts list besides findings. */

const stetsIn = (client: TestClient): Promise<ListedStet[]> => client.request(STETS);
const removed = (client: TestClient, stet: ListedStet): Promise<CountedEdit | null> =>
  client.request(REMOVE_STET, stet);

interface Said {
  readonly stets: readonly { path: string; kind: string; text: string; range: object }[];
  readonly skipped: readonly { path: string; reason: string }[];
}

async function saidByCommand(folder: string): Promise<Said> {
  const { out } = await runIn(folder, "stets", "--format", "json");
  const checked = await runIn(folder, "check", "--format", "json", "--show-skipped");
  const { stets } = JSON.parse(out) as Pick<Said, "stets">;
  const { skipped } = JSON.parse(checked.out) as Pick<Said, "skipped">;
  // A setting that excludes a draft is listed among the suppressions.
  const others = /^(?:It is not |A stet-file|It is checked under)/;
  const isListed = ({ path: name, reason }: Said["skipped"][number]): boolean =>
    !others.test(reason) && path.basename(name) !== ".git";
  return { stets, skipped: skipped.filter(isListed) };
}

test("they list the same as the command line, for any folder", async () => {
  let [stets, skipped] = [0, 0];
  await fc.assert(
    fc.asyncProperty(folderOfDrafts, async (files) => {
      const folder = newFolder(files);
      const command = await saidByCommand(folder.path);
      const client = await connect({ folders: [folder.uri], settings: null });
      try {
        const nameOf = (uri: string): string =>
          path.relative(folder.path, fileURLToPath(uri)).split(path.sep).join("/");
        const listed = (await stetsIn(client)).map(({ uri, type, text, range }) =>
          JSON.stringify([nameOf(uri), type, text, range]),
        );
        const told = command.stets.map((one) =>
          JSON.stringify([one.path, one.kind, one.text, one.range]),
        );
        const isComment = (one: string): boolean => one.includes(',"comment",');
        expect(listed.filter(isComment).sort()).toEqual(told.filter(isComment).sort());
        // The command line doesn't know a config file that applies to no draft, nor one that is extended from
        // elsewhere.
        expect(told.filter((one) => one.includes(".galley.json") && !listed.includes(one))).toEqual(
          told.filter(
            (one) => one.startsWith('["node_modules') || one.startsWith('["in/node_modules'),
          ),
        );
        const all = await client.request<NotChecked[]>(NOT_CHECKED);
        const left = all.map(({ uri, isFolder, why }) => [
          `${nameOf(uri)}${isFolder ? "/" : ""}`,
          why,
        ]);
        expect(left.sort()).toEqual(command.skipped.map((one) => [one.path, one.reason]).sort());
        stets += told.length;
        skipped += left.length;
      } finally {
        await client.stop();
        rmSync(folder.path, { recursive: true, force: true });
      }
    }),
    runs(30),
  );
  expect(stets).toBeGreaterThan(10);
  expect(skipped).toBeGreaterThan(10);
});

const PASSAGE = "The stalls open at the the market.";
const ENTRY = { rule: "repeated-word", text: PASSAGE, hash: "12345678" };

const CONFIGS = [
  JSON.stringify({ accept: ["the the", "had had"], stet: [ENTRY, { ...ENTRY, hash: "87654321" }] }),
  JSON.stringify({ language: "en", stet: [ENTRY], accept: ["the the"] }, undefined, 2),
  '\uFEFF{\r\n\t// ours\r\n\t"accept": [\r\n\t\t"the the", // a band\r\n\t\t"had had",\r\n\t],\r\n}\r\n',
  '{"overrides": [{"files": ["a.md"], "accept": ["the the"]}, {"files": ["b.md"], "accept": ["x y", "the the"]}]}',
];

test.each(CONFIGS.map((text) => [text]))(
  "each entry is removed alone, and everything else in the file stays: %j",
  async (text) => {
    const draft = `<!-- stet-file empty-link -->\r\n\r\n# Stalls <!-- stet -->\r\n\r\n<!-- stet repeated-word -->\r\n\r\n${PASSAGE}\r\n`;
    const { client, folder } = await openFolder({
      ".galley.json": text,
      "a.md": draft,
      "b.md": draft,
    });
    await client.open(folder.uriOf("b.md"), draft);
    const texts = new Map(
      [".galley.json", "a.md", "b.md"].map((name) => [
        name,
        name === ".galley.json" ? text : draft,
      ]),
    );
    let all = await stetsIn(client);
    expect(all.length).toBeGreaterThan(6);
    while (all.length > 0) {
      const stet = all[Math.floor(all.length / 2)];
      if (stet === undefined) break;
      const name = path.basename(fileURLToPath(stet.uri));
      const found = await removed(client, stet);
      if (found === null) throw new Error(`It is not removed: ${stet.text}`);
      const before = texts.get(name) ?? "";
      const after = edited(before, found.edit, stet.uri);
      expect(before.length).toBeGreaterThan(after.length);
      texts.set(name, after);
      if (name === "b.md") await client.change(stet.uri, { text: after });
      else await changeFiles(client, folder, { [name]: after });
      if (name === ".galley.json") expect(parseConfig(after)).toMatchObject({ problems: [] });
      // It is gone, and asking for it again has no effect.
      expect(
        await removed(client, stet).then((again) => again === null || after.includes(stet.text)),
      ).toBe(true);
      const now = await stetsIn(client);
      const words = (of: readonly ListedStet[]): string[] =>
        of.map(({ uri, type, text: said }) => `${uri} ${type} ${said}`).sort();
      expect(words([...now, stet])).toEqual(words(all));
      all = now;
    }
    expect(texts.get("a.md")).toBe(`# Stalls \r\n\r\n${PASSAGE}\r\n`);
    expect(texts.get("b.md")).toBe(texts.get("a.md"));
    if (text.includes("// a band")) expect(texts.get(".galley.json")).toContain("// ours");
  },
);

test("an entry that has moved or changed is not removed", async () => {
  const { client, folder } = await openFolder({ ".galley.json": '{"accept": ["the the"]}' });
  const [stet] = await stetsIn(client);
  if (stet === undefined) throw new Error("It is not listed.");
  const at = (character: number): ListedStet => ({
    ...stet,
    range: { start: { line: 0, character }, end: { line: 0, character: character + 9 } },
  });
  for (const other of [
    at(0),
    at(99),
    { ...stet, text: "the  the" },
    { ...stet, type: "entry" as const },
    { ...stet, uri: folder.uriOf("none/.galley.json") },
    { ...stet, uri: folder.uriOf("a.md") },
  ]) {
    expect(await removed(client, other)).toBeNull();
  }
  await changeFiles(client, folder, { ".galley.json": '{"accept": ["the the"' });
  for (const one of await stetsIn(client)) expect(await removed(client, one)).toBeNull();
});

test("a stet in capitals is listed, of a draft on disk and of an open one", async () => {
  const draft = `${PASSAGE} <!-- STET -->\n`;
  const { client, folder } = await openFolder({ "a.md": draft, "b.md": draft });
  await client.open(folder.uriOf("b.md"), draft);
  expect((await stetsIn(client)).map(({ text }) => text)).toEqual([
    "<!-- STET -->",
    "<!-- STET -->",
  ]);
});
