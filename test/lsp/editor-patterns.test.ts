import { expect, test } from "vitest";
import { openFolder } from "../support/for-one-test.ts";
import { WRONG } from "../support/lsp.ts";

const MANY = Array.from({ length: 400 }, (_, number) => `*${"x".repeat(100)}${number}`);
const BRACES = `{${Array.from({ length: 300 }, (_, number) => `w${number}`).join()}}/`;

test.each<
  [what: string, exclude: string[], hidden: string[], excluded: string[], told: readonly RegExp[]]
>([
  [
    "an invalid pattern is reported once, and the others apply",
    ["+([a-z]|[a-y])b", "a".repeat(60_000), "!x", "old/(a)/**"],
    [],
    ["old/(a)/b.md"],
    [
      /^“\+\(\[a-z\].*” in the setting “galley.exclude” has a group/,
      /^“a{59}…” in the setting .* is longer/,
      /^“!x” in the setting .* can’t begin with/,
    ],
  ],
  [
    "too many patterns with wildcards are reported once; those without don't count",
    ["old/**", ...MANY],
    ["latest/*", "late"],
    ["old/a.md", "late/a.md"],
    [/^“\*x+…” in the setting “galley.exclude” is too much: .*20,000/],
  ],
  [
    "patterns in VS Code's own settings count as well; invalid ones there are not reported",
    ["old/**"],
    ["!x", `${BRACES}${"*a".repeat(50)}`, "latest/*"],
    ["old/a.md"],
    [/^“\{w0.*…” in the setting “files.exclude” is too much: .*20,000/],
  ],
])("%s", async (_what, exclude, hidden, excluded, told) => {
  const galley = { rules: { "repeated-word": {} }, exclude };
  const all = Object.fromEntries(hidden.map((pattern) => [pattern, true]));
  const settings = { galley, "files.exclude": all };
  const { folder, client } = await openFolder({}, { settings });
  for (const name of ["latest/a.md", ...excluded]) {
    await client.open(folder.uriOf(name), WRONG);
    const { length } = await client.diagnostics(folder.uriOf(name));
    expect([name, length]).toEqual([name, excluded.includes(name) ? 0 : 1]);
  }
  await client.configure(settings);
  await client.settled();
  expect(client.messages).toEqual(told.map((words) => expect.stringMatching(words) as unknown));
});
