import { expect, test } from "vitest";
import { DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver/node";
import { firstWords } from "../../server/src/lsp/to-protocol.ts";
import { openFolder } from "../support/for-one-test.ts";
import { LONG_BRIDGE } from "../support/passages.ts";
import { wording } from "../../server/src/text/wording.ts";

const settings = { galley: { rules: { "repeated-block": {} } } };

test("a long passage that can be deleted is underlined at its start and faded as a whole, if the client can", async () => {
  const text = `${LONG_BRIDGE}\n\nIt rained.\n\n${LONG_BRIDGE}\n`;
  const whole = {
    start: { line: 4, character: 0 },
    end: { line: 4, character: LONG_BRIDGE.length },
  };
  const { client: plain, folder } = await openFolder({}, { settings });
  const uri = folder.uriOf("a.md");
  await plain.open(uri, text);
  const [one, ...none] = await plain.diagnostics(uri);
  expect(one).toMatchObject({ range: whole, tags: [DiagnosticTag.Unnecessary] });
  expect(none).toEqual([]);
  const { client } = await openFolder({}, { settings, initializationOptions: { fades: true } });
  await client.open(uri, text);
  const [head, rest, ...more] = await client.diagnostics(uri);
  expect(more).toEqual([]);
  expect({ ...head, range: whole }).toEqual(one);
  expect(rest).toMatchObject({ severity: DiagnosticSeverity.Hint, message: one?.message });
  expect([head?.range.start, rest?.range.start, rest?.range.end]).toEqual([
    whole.start,
    head?.range.end,
    whole.end,
  ]);
  expect(LONG_BRIDGE.slice(0, head?.range.end.character)).toMatch(
    /^The harbour bridge .* engineers$/,
  );
  // The actions there are those of the whole.
  const titles = async (range = whole): Promise<string[]> =>
    (await client.actions(uri, range)).map(({ title }) => title);
  expect(await titles(head?.range)).toEqual(await titles());
});

test("the underlined part begins the passage, is in one line, and splits no word, at any size", () => {
  const lines = [LONG_BRIDGE, "Über 𝒳𝒴 hinaus.", "漢字".repeat(60), "", " ", "a\r\nb"];
  for (const text of [...lines, lines.join("\n"), lines.join("\r\n\r\n")]) {
    for (let start = 0; start <= text.length; start += 7) {
      for (let end = start; end <= text.length; end += end < start + 100 ? 1 : 37) {
        const finding = {
          rule: "x",
          severity: "warning",
          message: wording(""),
          start,
          end,
        } as const;
        expect(firstWords(text, finding)).toBeUndefined();
        const head = firstWords(text, { ...finding, unnecessary: true });
        if (head === undefined) continue;
        expect([head.start, head.end > start, head.end < end]).toEqual([start, true, true]);
        const said = text.slice(start, head.end);
        expect(said).not.toMatch(/[\r\n]|\s$|[\uD800-\uDBFF]$/);
        const next = text.charAt(head.end);
        if (said.includes(" ") && said.length < 80) expect(next).toMatch(/^\s/);
      }
    }
  }
});
