import fc from "fast-check";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { DiagnosticSeverity } from "vscode-languageserver/node";
import { versionsReader } from "../../server/src/host/node/git-history.ts";
import { timers } from "../../server/src/host/timers.ts";
import {
  type CountedEdit,
  LEFT,
  type LeftInDraft,
  RESTORE_ALL,
} from "../../server/src/protocol.ts";
import { reportIn, runIn } from "../support/command.ts";
import { connect, newFolder } from "../support/for-one-test.ts";
import { saidOfLeft } from "../support/left.ts";
import { EVERY_RULE } from "../support/lsp.ts";
import { runs } from "../support/property.ts";
import { GIT_ENV, newRepository } from "../support/repository.ts";

/* An editor with a draft’s history offers the same as `galley check --restore --hints` in its repository. */

/** Paragraphs as written, and after a cut: a certain loss, one that is a hint, two that need proof, and none. */
const PARAGRAPHS = [
  [
    "The stalls open at nine on every market day, according to the harbour office, and close at four.",
    "The stalls open at nine on every market day, according to the , and close at four.",
  ],
  [
    "The volunteers carried it up two flights of stairs, to the room that the librarians built for them.",
    "The volunteers carried it up two flights of stairs, to the room that built for them.",
  ],
  [
    "We post an update (like this one!) with the librarians’ notes and meeting announcements.",
    "We post an update (like this one!) with notes and meeting announcements.",
  ],
  [
    "Canalys, an international IT company, whose head is Ann Lee, predicted last week that tablets will outsell computers.\n\n<!-- stet -->\n\nAcme, an international IT company, Ada Byron predicted last week that tablets will outsell computers.",
    "Canalys, an international IT company, predicted last week that tablets will outsell computers.\n\n<!-- stet -->\n\nAcme, an international IT company, predicted last week that tablets will outsell computers.",
  ],
  ["Shops on the quay fear for their trade.", "Shops on the quay fear for for their trade."],
] as const;

const text = fc
  .tuple(...PARAGRAPHS.map((both) => fc.option(fc.constantFrom(...both))))
  .map((all) => `${all.filter((one) => one !== null).join("\n\n")}\n`);

/** A draft with all paragraphs as written, or all after the cut. */
const joined = (which: 0 | 1): string => `${PARAGRAPHS.map((both) => both[which]).join("\n\n")}\n`;

const toText = (range: unknown): string => JSON.stringify(range);

test("both report the same for any earlier version, and the same words that git still has", async () => {
  let loud = 0;
  let restored = 0;
  let proven = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 3 }), text, async (was, now) => {
      const folder = newFolder();
      const repository = newRepository({}, folder.path);
      for (const version of was) {
        repository.write("a.md", version);
        repository.commit();
      }
      repository.write("a.md", now);
      const check = async (...more: string[]) => {
        const { out } = await runIn(folder.path, "check", "--format", "json", ...more);
        return reportIn(out).files.flatMap((file) => file.findings);
      };
      const findings = await check("--restore", "--hints");
      const isLoud = ({ severity }: { readonly severity: string }): boolean => severity !== "hint";
      expect(await check("--restore")).toEqual(findings.filter(isLoud));
      const places = (await check("--hints")).map(({ range }) => toText(range));
      const more = findings.filter(({ range }) => !places.includes(toText(range)));
      for (const { fixes } of more) expect(fixes[0]?.title).toContain("from the version of");
      expect(places).toHaveLength(findings.length - more.length);
      proven += more.length;
      const command = findings.map(({ rule, severity, range, message, fixes }) => {
        const isRestored = fixes.some(({ title }) => title.startsWith("Restore"));
        return [rule, severity, range, message, isRestored];
      });
      const client = await connect({
        folders: [folder.uri],
        settings: { galley: { rules: EVERY_RULE } },
        host: { versions: versionsReader({ env: GIT_ENV, clock: timers }) },
      });
      const uri = folder.uriOf("a.md");
      await client.open(uri, now);
      await client.settled();
      const left = await client.request<LeftInDraft>(LEFT, { uri });
      const editor = left.groups
        .flatMap((group) => group.findings)
        .sort((a, b) => a.range.start.line - b.range.start.line)
        .map((one) => [one.rule, one.severity, one.range, one.message, one.restores.length > 0]);
      expect(editor).toEqual(command);
      const [said, shown] = await saidOfLeft(client, uri, await client.diagnostics(uri));
      expect(said).toEqual(shown);
      const edit = await client.request<CountedEdit | null>(RESTORE_ALL, { uri });
      await client.stop();
      await runIn(folder.path, "baseline");
      expect(await check("--restore")).toEqual([]);
      folder.remove(".galley-baseline.json");
      await runIn(folder.path, "check", "--restore", "--hints", "--fix");
      // --fix also takes out what is certainly too much, such as a stet that is not needed once the rest is restored.
      const mend = (one: string): string =>
        one.replace("for for", "for").replace(/<!-- stet -->\s+(?=Acme)/, "");
      const after = readFileSync(path.join(folder.path, "a.md"), "utf8");
      expect(mend(after)).toBe(mend(edit === null ? now : client.textAfter(edit.edit, uri)));
      loud += findings.filter(({ severity }) => severity === "warning").length;
      restored += command.filter((one) => one.at(-1)).length;
    }),
    { ...runs(15), examples: [[[joined(0)], joined(1)]] },
  );
  expect(Math.min(loud, restored)).toBeGreaterThan(5);
  expect(proven).toBeGreaterThan(1);
});

test("a baseline holds what git proves, for the command line and for an editor", async () => {
  const loss = ", whose head is Ann Lee, predicted last week that tablets will outsell computers.";
  const was = `Canalys, an international IT company${loss}\n`;
  const now = was.replace(" whose head is Ann Lee,", "");
  const folder = newFolder();
  const repository = newRepository({ "a.md": was }, folder.path);
  repository.write("a.md", now);
  const { path: cwd } = folder;
  expect((await runIn(cwd, "check", "--restore")).code).toBe(1);
  expect((await runIn(cwd, "baseline")).out).toContain("lists 1 finding of 1 draft.");
  for (const more of [[], ["--restore"], ["--hints"]])
    expect((await runIn(cwd, "check", ...more)).code, String(more)).toBe(0);
  expect((await runIn(cwd, "baseline", "--update")).out).toContain("nothing is gone");
  const client = await connect({
    folders: [folder.uri],
    settings: { galley: { rules: EVERY_RULE } },
    host: { versions: versionsReader({ env: GIT_ENV, clock: timers }) },
  });
  const uri = folder.uriOf("a.md");
  const severities = async (): Promise<unknown[]> => {
    await client.settled();
    return (await client.diagnostics(uri)).map(({ severity }) => severity);
  };
  await client.open(uri, now);
  expect(await severities()).not.toContain(DiagnosticSeverity.Warning);
  folder.remove(".galley-baseline.json");
  await client.filesChanged(folder.uriOf(".galley-baseline.json"));
  expect(await severities()).toEqual([DiagnosticSeverity.Warning]);
  repository.write("a.md", was);
  expect((await runIn(cwd, "check", "--restore")).code).toBe(0);
});
