import { beforeEach, describe, expect, test } from "vitest";
import type { Clock } from "../../server/src/project/host.ts";
import { timers } from "../../server/src/host/timers.ts";
import type { Folder } from "../support/folder.ts";
import { changeFiles, connect, newFolder } from "../support/for-one-test.ts";
import { edited, rangeOf, type TestClient } from "../support/lsp.ts";
import { LONG_BRIDGE } from "../support/passages.ts";

const ONE = `# Bridge\n\nNothing else is known of this bridge.\n\n${LONG_BRIDGE}\n`;
const TWO = `# Ferry\n\nThe ferry was built in another century.\n\n${LONG_BRIDGE}\n\nIt is painted green every year.\n`;
const OTHER = "# Garden\n\nTulips are planted in the autumn.\n";

describe("a passage in two drafts", () => {
  let folder: Folder;
  let client: TestClient;

  beforeEach(async () => {
    folder = newFolder({ "one.md": ONE, "sub/two.md": TWO });
    const settings = { galley: { rules: { "repeated-elsewhere": {} } } };
    client = await connect({ folders: [folder.uri], settings });
  });

  test("is reported in both, each linked to the other, until one of them loses it", async () => {
    const pull = client.workspace();
    const [one, two] = [folder.uriOf("one.md"), folder.uriOf("sub/two.md")];
    await pull.shows(one, 1);
    await pull.shows(two, 1);
    const report = pull.items.findLast(({ uri }) => uri === one);
    expect(report).toMatchObject({
      items: [
        {
          code: "repeated-elsewhere",
          range: { start: { line: 4 } },
          relatedInformation: [{ location: { uri: two, range: { start: { line: 4 } } } }],
        },
      ],
    });
    const before = pull.items.length;
    await changeFiles(client, folder, { "sub/two.md": OTHER });
    await pull.shows(one, 0);
    await pull.shows(two, 0);
    expect(new Set(pull.items.slice(before).map(({ uri }) => uri))).toEqual(new Set([one, two]));
  });

  test("is deleted only by choice, never by “fix all”", async () => {
    await client.configure({
      galley: { rules: { "repeated-elsewhere": {} }, fixAll: { repeats: true } },
    });
    const two = folder.uriOf("sub/two.md");
    await client.workspace().shows(two, 1);
    await client.open(two, TWO);
    await client.settled();
    const [finding] = await client.diagnostics(two);
    const range = finding?.range ?? rangeOf(TWO, TWO);
    expect(await client.titles(two, range)).toContain("Delete this copy");
    expect(await client.actions(two, range, ["source.fixAll.galley"])).toEqual([]);
  });

  test("is reported in an open draft once it is pasted there, and no longer when it is cut", async () => {
    const pull = client.workspace();
    const [one, three] = [folder.uriOf("one.md"), folder.uriOf("three.md")];
    folder.write("three.md", OTHER);
    await changeFiles(client, folder, { "sub/two.md": OTHER });
    await pull.shows(one, 0);
    await client.open(three, OTHER);
    expect(await client.diagnostics(three)).toEqual([]);
    const end = { line: 3, character: 0 };
    const pasted = `\n${LONG_BRIDGE}\n\nRoses are cut back.\n`;
    await client.change(three, { range: { start: end, end }, text: pasted });
    expect(await client.diagnostics(three)).toEqual([]);
    await client.until(() => client.refreshes > 0);
    expect(await client.diagnostics(three)).toMatchObject([{ range: { start: { line: 4 } } }]);
    await pull.until(one, ([message]) => message?.includes("three.md") === true);

    // Findings move with an edit above them, before anything is compared again.
    const top = { line: 0, character: 0 };
    await client.change(three, { range: { start: top, end: top }, text: "A line.\n\n" });
    expect(await client.diagnostics(three)).toMatchObject([{ range: { start: { line: 6 } } }]);

    await client.change(three, { text: OTHER });
    expect(await client.diagnostics(three)).toEqual([]);
    await pull.shows(one, 0);
  });

  test("can be deleted in the other draft as long as that is unchanged", async () => {
    const pull = client.workspace();
    const [one, two] = [folder.uriOf("one.md"), folder.uriOf("sub/two.md")];
    await pull.shows(one, 1);
    await client.open(one, ONE);
    // What was known of the file, until it is compared again with what is open.
    expect(await client.diagnostics(one)).toHaveLength(1);
    await client.settled();
    expect(await client.titles(one, LONG_BRIDGE)).toContain("Go to the other");
    const cut = await client.action(one, LONG_BRIDGE, /^Delete the copy in sub\/two.md$/);
    expect(edited(TWO, cut.edit, two)).not.toContain("harbour bridge");
    folder.write("sub/two.md", `A new beginning.\n\n${TWO}`);
    await expect(client.resolve(cut)).rejects.toThrow(/changed/);
  });
});

describe("a passage from another draft", () => {
  /** How long the server waited on purpose; everything else takes as long as the work does. */
  let waited = 0;
  const clock: Clock = {
    ...timers,
    after: (milliseconds, call) => {
      waited += milliseconds;
      return timers.after(milliseconds, call);
    },
  };
  let folder: Folder;
  let client: TestClient;

  beforeEach(async () => {
    folder = newFolder({ "one.md": ONE, "two.md": TWO });
    const settings = { galley: { rules: { "repeated-elsewhere": {} } } };
    client = await connect({ folders: [folder.uri], settings, host: { clock } });
  });

  test("is reported there within a second of a change here, on disk or in an editor", async () => {
    const pull = client.workspace();
    const [one, two] = [folder.uriOf("one.md"), folder.uriOf("two.md")];
    await pull.shows(one, 1);
    await client.settled();
    waited = 0;
    folder.write("two.md", OTHER);
    await client.filesChanged(two);
    await pull.shows(one, 0);
    expect(waited).toBeLessThan(1000);
    await client.open(two, OTHER);
    await client.settled();
    waited = 0;
    await client.change(two, { text: TWO });
    await pull.shows(one, 1);
    expect(waited).toBeLessThan(1000);
  });

  test("is pulled again by the editor that shows it, and by no other", async () => {
    const one = folder.uriOf("one.md");
    await client.open(one, ONE);
    await client.settled();
    expect(await client.diagnostics(one)).toHaveLength(1);
    const before = client.refreshes;
    // Nothing in this draft changes, so no editor is asked to refresh.
    await changeFiles(client, folder, { "three.md": OTHER });
    expect(client.refreshes).toBe(before);
    await changeFiles(client, folder, { "two.md": OTHER });
    await client.until(() => client.refreshes > before);
    expect(await client.diagnostics(one)).toEqual([]);
  });
});
