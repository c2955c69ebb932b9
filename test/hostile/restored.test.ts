import { expect, test } from "vitest";
import { reportIn } from "../support/command.ts";
import { newFolder } from "../support/for-one-test.ts";
import { run } from "./support/program.ts";

/** Text that is active unless it is escaped, escaped as in a draft of Markdown and one of plain text. */
const NAMES: readonly (readonly [markdown: string, plain: string])[] = [
  ["&lt;img src=x onerror=alert(1)&gt;", "<img src=x onerror=alert(1)>"],
  ["\\<script>alert(1)\\</script>", "<script>alert(1)</script>"],
  ["\\{\\{ site.secret \\}\\}", "{{ site.secret }}"],
  ["&#123;% include x %}", "{% include x %}"],
  ["\\[x\\](javascript:alert)", "[x](javascript:alert)"],
  ["\\`x\\` and \\*y\\*", "`x` and *y*"],
  ["&lt;!-- galley-disable --&gt;", "<!-- galley-disable -->"],
];

const LIVE = /(?<!\\)(?:<[a-z!/]|\{[{%]|\]\(|[`*])/i;

test("escaped words stay escaped when they are restored", async () => {
  const said = (number: number, name: string): string =>
    `The council of pier ${number} said on Monday that bridge ${number} is unsafe, according to ${name}, and that lorries must wait until week ${number}.`;
  const files = NAMES.flatMap<[string, string[]]>(([markdown, plain], index) => [
    [`${index}-own.md`, [said(index, markdown), "It rained.", said(index, "")]],
    [`${index}-from.txt`, [said(100 + index, plain), "It rained."]],
    [`${index}-to.md`, ["The shops fear for their trade.", said(100 + index, "")]],
  ]);
  const folder = newFolder(
    Object.fromEntries(files.map(([name, parts]) => [name, `${parts.join("\n\n")}\n`])),
  );
  const args = ["check", "--restore", "--format", "json"];
  const { out } = await run("cli.js", args, { cwd: folder.path });
  const report = reportIn(out);
  const offersFor = (file: string): string[] =>
    (report.files.find(({ path }) => path === file)?.findings ?? [])
      .flatMap(({ fixes }) => fixes)
      .filter(({ title }) => title.startsWith("Restore"))
      .map(({ edits }) => edits.map(({ newText }) => newText.trim()).join());
  NAMES.forEach(([markdown], index) => {
    expect(offersFor(`${index}-own.md`)).toContain(markdown);
    expect(offersFor(`${index}-to.md`)).not.toEqual([]);
    for (const file of [`${index}-own.md`, `${index}-to.md`]) {
      for (const offer of offersFor(file)) expect(offer).not.toMatch(LIVE);
    }
  });
});
