import fc from "fast-check";
import { expect, test } from "vitest";
import { versionsReader } from "../../server/src/host/node/git-history.ts";
import { timers } from "../../server/src/host/timers.ts";
import { LEFT, type LeftInDraft } from "../../server/src/protocol.ts";
import { reportIn, runIn } from "../support/command.ts";
import { connect, newFolder } from "../support/for-one-test.ts";
import { saidOfLeft } from "../support/left.ts";
import { EVERY_RULE } from "../support/lsp.ts";
import { runs } from "../support/property.ts";
import { GIT_ENV, newRepository } from "../support/repository.ts";

/* An editor with a draft’s history offers the same as `galley check --restore --hints` in its repository. */

/** Paragraphs as written, and after a cut: a certain loss, one that is a hint, and none. */
const PARAGRAPHS = [
  [
    "The stalls open at nine on every market day, according to the harbour office, and close at four.",
    "The stalls open at nine on every market day, according to the , and close at four.",
  ],
  [
    "The volunteers carried it up two flights of stairs, to the room that the librarians built for them.",
    "The volunteers carried it up two flights of stairs, to the room that built for them.",
  ],
  ["Shops on the quay fear for their trade.", "Shops on the quay fear for for their trade."],
] as const;

const text = fc
  .tuple(...PARAGRAPHS.map((both) => fc.option(fc.constantFrom(...both))))
  .map((all) => `${all.filter((one) => one !== null).join("\n\n")}\n`);

test("both report the same for any earlier version, and the same words that git still has", async () => {
  let loud = 0;
  let restored = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 3 }), text, async (was, now) => {
      const folder = newFolder();
      const repository = newRepository({}, folder.path);
      for (const version of was) {
        repository.write("a.md", version);
        repository.commit();
      }
      repository.write("a.md", now);
      const { out } = await runIn(folder.path, "check", "--restore", "--hints", "--format", "json");
      const findings = reportIn(out).files.flatMap((file) => file.findings);
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
      await client.stop();
      loud += findings.filter(({ severity }) => severity === "warning").length;
      restored += command.filter((one) => one.at(-1)).length;
    }),
    runs(15),
  );
  expect(Math.min(loud, restored)).toBeGreaterThan(5);
});
