import { expect, test } from "vitest";
import { connect, newFolder } from "../support/for-one-test.ts";
import { WRONG } from "../support/lsp.ts";

test("an invalid pattern in the editor's settings is reported once, and the others apply", async () => {
  const folder = newFolder();
  const galley = {
    rules: { "repeated-word": {} },
    exclude: ["+([a-z]|[a-y])b", "a".repeat(60_000), "!x", "old/(a)/**"],
  };
  const client = await connect({ folders: [folder.uri], settings: { galley } });
  const [there, excluded] = [folder.uriOf("a.md"), folder.uriOf("old/(a)/b.md")];
  await client.open(there, WRONG);
  await client.open(excluded, WRONG);
  expect(await client.diagnostics(there)).toHaveLength(1);
  expect(await client.diagnostics(excluded)).toEqual([]);
  await client.configure({ galley });
  await client.settled();
  expect(client.messages).toEqual([
    expect.stringMatching(/^“\+\(\[a-z\].*” in the setting “galley.exclude” has a group/),
    expect.stringMatching(/^“a{59}…” in the setting .* is longer/),
    expect.stringMatching(/^“!x” in the setting .* can’t begin with/),
  ]);
});

test("too many patterns with wildcards are reported once", async () => {
  const folder = newFolder();
  const many = Array.from({ length: 400 }, (_, number) => `*${"x".repeat(100)}${number}`);
  const galley = { rules: { "repeated-word": {} }, exclude: ["old/**", ...many] };
  const settings = { galley, "files.exclude": { "late/*": true, late: true } };
  const client = await connect({ folders: [folder.uri], settings });
  const [early, late, plain] = [
    folder.uriOf("old/a.md"),
    folder.uriOf("latest/a.md"),
    folder.uriOf("late/a.md"),
  ];
  for (const uri of [early, late, plain]) await client.open(uri, WRONG);
  expect(await client.diagnostics(early)).toEqual([]);
  expect(await client.diagnostics(late)).toHaveLength(1);
  // Patterns without wildcards don't count.
  expect(await client.diagnostics(plain)).toEqual([]);
  await client.settled();
  expect(client.messages).toEqual([
    expect.stringMatching(/^“\*x+…” in the setting “galley.exclude” is too much: .*20,000/),
  ]);
});

test("patterns in VS Code's own settings count as well; invalid ones there are not reported", async () => {
  const folder = newFolder();
  const many = `{${Array.from({ length: 300 }, (_, number) => `w${number}`).join()}}/`;
  const settings = {
    galley: { rules: { "repeated-word": {} } },
    "files.exclude": { "!x": true, [`${many}${"*a".repeat(50)}`]: true, "late/*": true },
  };
  const client = await connect({ folders: [folder.uri], settings });
  const late = folder.uriOf("late/a.md");
  await client.open(late, WRONG);
  expect(await client.diagnostics(late)).toHaveLength(1);
  await client.settled();
  expect(client.messages).toEqual([
    expect.stringMatching(/^“\{w0.*…” in the setting “files.exclude” is too much: .*20,000/),
  ]);
});
