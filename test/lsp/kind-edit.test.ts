import { expect, test } from "vitest";
import { LEFT, type KindEdit, type KindWay, type LeftInDraft } from "../../server/src/protocol.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { parseConfig } from "../../server/src/settings/config/config.ts";
import { changeFiles, connect, newFolder, openFolder } from "../support/for-one-test.ts";
import { EVERY_RULE, edited, type TestClient } from "../support/lsp.ts";

/* What the view does about all findings of a kind at once. */

const NAMES = ["a.md", "a.txt", "a.mdx"];
const LANGUAGES: Readonly<Record<string, string>> = { "a.txt": "plaintext", "a.mdx": "mdx" };

const leftIn = (client: TestClient, uri: string): Promise<LeftInDraft> =>
  client.request(LEFT, { uri });

const editOf = (
  client: TestClient,
  uri: string,
  kind: string,
  way: KindWay,
): Promise<KindEdit | null> => client.request("galley/kindEdit", { uri, kind, way });

function countIn(left: LeftInDraft, kind: string): number {
  return left.groups.find((group) => group.kind === kind)?.findings.length ?? 0;
}

const settings = { galley: { rules: EVERY_RULE } };

/** Drafts with several findings of a kind: the examples of its rules, one after another. */
const DRAFTS: ReadonlyMap<string, string> = new Map(
  [...new Set(RULES.map(({ kind }) => kind))].map((kind) => [
    kind,
    RULES.filter((rule) => rule.kind === kind)
      .flatMap(({ docs }) => docs.flagged.map(({ text }) => text.replace(/[⟦⟧]/g, "")))
      .join("\n\n"),
  ]),
);

test.each(NAMES)("the offer for a kind does what it says: %s", async (name) => {
  const done = { fix: 0, mark: 0, stet: 0 };
  for (const text of DRAFTS.values()) {
    const { client, folder } = await openFolder({}, { settings });
    const uri = folder.uriOf(name);
    await client.open(uri, text, LANGUAGES[name] ?? "markdown");
    const before = await leftIn(client, uri);
    for (const { kind, ways } of before.groups) {
      for (const way of ways) {
        const found = await editOf(client, uri, kind, way);
        if (found === null) throw new Error(`Nothing is done: ${kind}, ${way}`);
        done[way] += found.count;
        expect(found.count).toBeGreaterThan(0);
        expect(found.findings).toBe(countIn(before, kind));
        const changed = (found.edit.documentChanges ?? []).map((one) =>
          "uri" in one ? one.uri : "textDocument" in one ? one.textDocument.uri : "",
        );
        const isInDraft = changed.includes(uri);
        const after = isInDraft ? edited(text, found.edit, uri) : text;
        if (way === "mark") {
          expect([kind, after.split("TK").length - text.split("TK").length]).toEqual([
            kind,
            found.count,
          ]);
        }
        if (way !== "stet") expect(new Set(changed)).toEqual(new Set([uri]));
        const config = folder.uriOf(".galley.json");
        if (changed.includes(config)) {
          const made = edited("", found.edit, config);
          expect(parseConfig(made)).toMatchObject({ problems: [] });
          await changeFiles(client, folder, { ".galley.json": made });
        }
        await client.change(uri, { text: after });
        const now = await leftIn(client, uri);
        if (way === "stet") {
          expect([name, kind, countIn(now, kind)]).toEqual([name, kind, 0]);
          expect(found.count).toBe(countIn(before, kind));
        }
        if (way === "fix") expect(countIn(now, kind)).toBeLessThan(countIn(before, kind));
        if (changed.includes(config))
          await changeFiles(client, folder, { ".galley.json": undefined });
        await client.change(uri, { text });
      }
    }
  }
  for (const count of Object.values(done)) expect(count).toBeGreaterThan(1);
});

test("nothing is offered for a missing kind, a file that is not a draft, or a broken config", async () => {
  const { client, folder } = await openFolder({ ".galley.json": '{"stet": [' }, { settings: {} });
  const uri = folder.uriOf("a.md");
  await client.open(uri, "- The stalls open at the the market.\n");
  for (const kind of [
    "",
    "__proto__",
    "toString",
    "Lost words",
    "doubled words",
    "repeated-word",
  ]) {
    expect([kind, await editOf(client, uri, kind, "stet")]).toEqual([kind, null]);
  }
  expect(await editOf(client, folder.uriOf("none.md"), "Doubled words", "fix")).toBeNull();
  // The entry for a list item goes into the file.
  const nothing = { edit: {}, count: 0, findings: 1 };
  expect(await editOf(client, uri, "Doubled words", "stet")).toMatchObject(nothing);
  expect(await editOf(client, uri, "Doubled words", "fix")).toMatchObject({ version: 1, count: 1 });
});

test("with several folders, none is written to unasked for a draft without a file", async () => {
  const text = "- The stalls open at the the market.\n\nThe ferry came to to the quay.\n";
  const uri = "untitled:Untitled-1";
  const [one, other] = [newFolder(), newFolder()];
  for (const [folders, count] of [
    [[one.uri, other.uri], 1],
    [[one.uri], 2],
    [[], 1],
  ] as const) {
    const client = await connect({ folders: [...folders], settings: {} });
    await client.open(uri, text);
    const found = await editOf(client, uri, "Doubled words", "stet");
    expect([folders.length, found?.count]).toEqual([folders.length, count]);
    await client.change(uri, { text: "- The stalls open at the the market.\n" });
    const [group] = (await leftIn(client, uri)).groups;
    expect([folders.length, group?.ways]).toEqual([
      folders.length,
      count === 2 ? ["fix", "stet"] : ["fix"],
    ]);
  }
});
