import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { connect, newFolder } from "../support/for-one-test.ts";
import { PLACES } from "../support/lsp.ts";

/* Passages are shown of drafts that the server serves, whatever it is asked for. */

const WORDS = "The stalls open at nine.\nThey close at four.\n";
const RANGE = { start: { line: 0, character: 4 }, end: { line: 1, character: 4 } };
const PASSAGE = "stalls open at nine.\nThey";

describe.each(PLACES)("%s", (place) => {
  test("drafts give their words, open or not, and no other file does", async () => {
    const outside = newFolder({ "secret.txt": WORDS, "other.md": WORDS });
    const folder = newFolder({
      "a.md": WORDS,
      "in/b ü#.md": WORDS,
      ".env": WORDS,
      "code.ts": WORDS,
      "node_modules/c.md": WORDS,
      ".galley.json": "{}",
      "opened.json": WORDS,
    });
    const client = await connect({ place, folders: [folder.uri] });
    await client.open("untitled:one", WORDS);
    await client.open(folder.uriOf("new.md"), WORDS);
    await client.open(folder.uriOf("opened.json"), WORDS, "json");
    await client.connection.sendRequest("galley/settled");
    const ask = (given: unknown): Promise<unknown> =>
      client.connection.sendRequest("galley/passage", given);
    const drafts = ["a.md", "in/b ü#.md", "new.md"].map((name) => folder.uriOf(name));
    for (const uri of [...drafts, "untitled:one"]) {
      expect(await ask({ uri, range: RANGE })).toBe(PASSAGE);
    }
    const others = [
      ...[".env", "code.ts", "node_modules/c.md", ".galley.json", "opened.json", "gone.md"].map(
        (name) => folder.uriOf(name),
      ),
      ...["secret.txt", "other.md"].map((name) => outside.uriOf(name)),
      `${folder.uri}/in/../.env`,
      `${folder.uri}/a.md/../.env`,
      `${folder.uri}/%2e%2e/${outside.path.slice(outside.path.lastIndexOf("/") + 1)}/other.md`,
      `${folder.path}/.env`,
      pathToFileURL(process.execPath).href,
      "file:///etc/passwd",
      "http://localhost/a.md",
      "",
    ];
    for (const uri of others) expect([uri, await ask({ uri, range: RANGE })]).toEqual([uri, null]);
  });

  test("what is no place gives nothing, and a place beyond the end what is there", async () => {
    const folder = newFolder({ "a.md": WORDS });
    const client = await connect({ place, folders: [folder.uri] });
    await client.connection.sendRequest("galley/settled");
    const uri = folder.uriOf("a.md");
    const at = (line: unknown, character: unknown): object => ({
      uri,
      range: { start: { line: 0, character: 0 }, end: { line, character } },
    });
    const wrong = [
      null,
      {},
      { uri },
      { uri, range: null },
      { uri, range: {} },
      { uri: 7, range: RANGE },
      { uri: [uri], range: RANGE },
      at(-1, 0),
      at(0, 0.5),
      at("0", 0),
      at(null, 0),
    ];
    for (const given of wrong) {
      expect(await client.connection.sendRequest("galley/passage", given)).toBeNull();
    }
    expect(await client.connection.sendRequest("galley/passage", at(99, 99))).toBe(WORDS);
    const back = { uri, range: { start: RANGE.end, end: RANGE.start } };
    expect(await client.connection.sendRequest("galley/passage", back)).toBe("");
  });
});
