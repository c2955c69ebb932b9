import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { nodeHost } from "../../server/src/node-server.ts";
import type { Folder } from "../support/folder.ts";
import { connect, newFolder } from "../support/for-one-test.ts";
import { testHost } from "../support/lsp-host.ts";
import { saidByCommand, saidByServer } from "../support/surfaces.ts";
import { WRONG } from "../support/lsp.ts";

/* What config files on disk extend: links, repositories, packages; and in the server while the files change. */

const OFF = '{ "rules": { "repeated-word": "off" } }';
const CHANGED = 2;
const DELETED = 3;

/** What both surfaces report about a folder, which must be equal. */
async function said(folder: Folder, top = "") {
  const place = path.join(folder.path, top);
  const command = await saidByCommand(place);
  expect(await saidByServer(place, top === "" ? folder.uri : folder.uriOf(top))).toEqual(command);
  const all = Object.values(command.drafts).flat();
  // Of the other rules, one may see that something is wrong here.
  const findings = all.filter((one) => one.includes(" repeated-word:")).length;
  return { findings, problems: command.configs };
}

describe("the command line and the server", () => {
  test("use the settings of an installed package, also if the folder is a link within the repository", async () => {
    const folder = newFolder({
      "a.md": WRONG,
      ".git/HEAD": "",
      ".galley.json": '{ "extends": ["@paper/style"] }',
      "packages/style/.galley.json": OFF,
    });
    expect((await said(folder)).problems).toEqual([expect.stringMatching(/is not installed here/)]);
    mkdirSync(path.join(folder.path, "node_modules/@paper"), { recursive: true });
    symlinkSync("../../packages/style", path.join(folder.path, "node_modules/@paper/style"));
    expect(await said(folder)).toEqual({ findings: 0, problems: [] });
  });

  test("use files above the checked folder, in the same repository", async () => {
    const folder = newFolder({
      ".git/HEAD": "",
      "house.json": OFF,
      "node_modules/style/.galley.json": '{ "placeholder": "XX" }',
      "docs/a.md": WRONG,
      "docs/.galley.json": '{ "extends": ["../house.json", "style"] }',
    });
    expect(await said(folder, "docs")).toEqual({ findings: 0, problems: [] });
  });

  test.each([
    ["a path", "../house.json"],
    ["a link to a file", "./link.json"],
    ["a file in a link to a folder", "./out/house.json"],
    ["a package that is a link", "style"],
  ])("use nothing from outside the repository, by %s", async (_what, name) => {
    const folder = newFolder({
      "house.json": OFF,
      "style/.galley.json": OFF,
      "in/.git/HEAD": "",
      "in/a.md": WRONG,
      "in/.galley.json": JSON.stringify({ extends: [name] }),
      "in/node_modules/other": "",
    });
    symlinkSync("../house.json", path.join(folder.path, "in/link.json"));
    symlinkSync("..", path.join(folder.path, "in/out"));
    symlinkSync("../../style", path.join(folder.path, "in/node_modules/style"));
    const { findings, problems } = await said(folder, "in");
    expect(findings).toBe(1);
    expect(problems).toEqual([expect.stringMatching(/is outside this repository/)]);
  });

  test("search for no package above the repository", async () => {
    const folder = newFolder({
      "node_modules/style/.galley.json": OFF,
      "in/.git/HEAD": "",
      "in/a.md": WRONG,
      "in/.galley.json": '{ "extends": ["style"] }',
    });
    const { findings, problems } = await said(folder, "in");
    expect(findings).toBe(1);
    expect(problems).toEqual([expect.stringMatching(/is not installed here/)]);
  });

  test("report a mistake in an extended file at its place in that file", async () => {
    const folder = newFolder({
      "a.md": WRONG,
      ".galley.json": '{ "extends": ["./house.json"] }',
      "house.json": `{ "rulez": {}, ${OFF.slice(1)}`,
    });
    expect(await said(folder)).toEqual({
      findings: 0,
      problems: [expect.stringMatching(/^house\.json:1:3: There is no setting “rulez”/)],
    });
  });

  test("survive special files and circles of links", async () => {
    const folder = newFolder({
      "a.md": WRONG,
      ".galley.json":
        '{ "extends": ["./pipe.json", "./folder.json", "./loop.json", "./data.json"] }',
      "folder.json/x": "",
      "data.json": "\u0000\u0001",
    });
    execFileSync("mkfifo", [path.join(folder.path, "pipe.json")]);
    symlinkSync("loop.json", path.join(folder.path, "loop.json"));
    const { drafts } = await saidByCommand(folder.path);
    expect(Object.values(drafts).flat()).toHaveLength(1);
  });
});

test("in an untrusted workspace only files in the workspace folder are used", async () => {
  const folder = newFolder({
    ".git/HEAD": "",
    "house.json": OFF,
    "docs/a.md": WRONG,
    "docs/off.json": OFF,
    "docs/.galley.json": '{ "extends": ["../house.json"] }',
  });
  const counts: Record<string, number> = {};
  for (const isTrusted of [true, false]) {
    const client = await connect({
      folders: [folder.uriOf("docs")],
      initializationOptions: { isTrusted },
    });
    await client.open(folder.uriOf("docs/a.md"), WRONG);
    counts[String(isTrusted)] = (await client.diagnostics(folder.uriOf("docs/a.md"))).length;
  }
  expect(counts).toEqual({ true: 0, false: 1 });
});

test("in a browser files are used, and no packages", async () => {
  const folder = newFolder({
    "a.md": WRONG,
    ".galley.json": '{ "extends": ["style", "./house.json"] }',
    "house.json": OFF,
    "node_modules/style/.galley.json": '{ "rules": { "repeated-word": "error" } }',
  });
  const { files } = testHost({});
  const client = await connect({
    folders: [folder.uri],
    host: { files: { entries: (uri) => files.entries(uri), read: (uri) => files.read(uri) } },
  });
  const pull = client.workspace();
  await client.connection.sendRequest("galley/settled");
  expect(pull.messages(folder.uriOf(".galley.json"))).toEqual([
    "“style” is a package, and here packages can’t be looked up. Nothing is taken from it.",
  ]);
  expect(pull.messages(folder.uriOf("a.md"))).toEqual([]);
});

describe("the server follows", () => {
  test("an extended file as it changes, is deleted and created, for drafts open or not", async () => {
    const folder = newFolder({
      "a.md": WRONG,
      "b.md": WRONG,
      ".galley.json": '{ "extends": ["./style/house.json"] }',
      "style/house.json": '{ "extends": ["../base.json"] }',
      "base.json": "{}",
    });
    const client = await connect({ folders: [folder.uri] });
    const pull = client.workspace();
    await client.open(folder.uriOf("b.md"), WRONG);
    const tell = async (name: string, type = CHANGED): Promise<void> => {
      await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: [{ uri: folder.uriOf(name), type }],
      });
    };
    const count = async (expected: number): Promise<void> => {
      await pull.until(folder.uriOf("a.md"), (messages) => messages.length === expected);
      await client.connection.sendRequest("galley/settled");
      expect(await client.diagnostics(folder.uriOf("b.md"))).toHaveLength(expected);
    };
    await count(1);
    folder.write("base.json", OFF);
    await tell("base.json");
    await count(0);
    folder.remove("style");
    await tell("style", DELETED);
    await count(1);
    folder.write("style/house.json", OFF);
    await tell("style/house.json");
    await count(0);
    // A new name in an open config file.
    folder.write("style/house.json", "{}");
    await tell("style/house.json");
    await count(1);
    folder.write("other.json", OFF);
    await client.open(folder.uriOf(".galley.json"), '{ "extends": ["./other.json"] }');
    await count(0);
  });

  test.each(["node_modules/style/.galley.json", "../house.json"])(
    "%s, which no watcher of a folder notices",
    async (name) => {
      const folder = newFolder({
        ".git/HEAD": "",
        "docs/a.md": WRONG,
        "docs/.galley.json": '{ "extends": ["style", "../house.json"] }',
        "docs/node_modules/style/.galley.json": "{}",
        "house.json": "{}",
      });
      const client = await connect({
        folders: [folder.uriOf("docs")],
        host: nodeHost("test", undefined),
        capabilities: { textDocument: { diagnostic: {} }, workspace: {} },
      });
      const pull = client.workspace();
      await pull.until(folder.uriOf("docs/a.md"), (messages) => messages.length === 1);
      folder.write(`docs/${name}`, OFF);
      await pull.until(folder.uriOf("docs/a.md"), (messages) => messages.length === 0);
    },
  );
});
