import { expect, test } from "vitest";
import type { Finding } from "../../../server/src/draft/finding.ts";
import { lint } from "../../../server/src/engine/lint.ts";
import { placeCandidates } from "../../../server/src/lsp/actions/menu.ts";
import type { LintedDraft, OtherDraft } from "../../../server/src/lsp/linted.ts";
import { STET, suppressionCandidates } from "../../../server/src/lsp/actions/suppress.ts";
import type { ActionSupport } from "../../../server/src/lsp/client.ts";
import { COMPARE, GO_TO } from "../../../server/src/protocol.ts";
import { RULES } from "../../../server/src/rules/index.ts";
import { settingsFrom } from "../../../server/src/settings/settings.ts";
import { EVERYTHING, lintedDraft } from "../../support/action-support.ts";
import { draftOf } from "../../support/rules.ts";
import { wording } from "../../../server/src/text/wording.ts";

const SHOWS: ActionSupport = { ...EVERYTHING, chooseStet: false, showRule: false };
const SHOWS_NOTHING: ActionSupport = { ...SHOWS, showDocument: false, compare: false };
const NO_OTHER = (): undefined => undefined;

function linted(text: string): LintedDraft {
  const draft = draftOf(text);
  return lintedDraft(draft, lint(draft, RULES, settingsFrom({}), { rethrow: true }));
}

function first(draft: LintedDraft): Finding {
  const [finding] = draft.findings;
  if (finding === undefined) throw new Error("Nothing is found.");
  return finding;
}

const TEXT = "The bridge is is open.\n\nThe the ferry runs.\n";

test("a finding is suppressed by a comment before its block, or by an entry where there can't be one", () => {
  const stetOf = (text: string): unknown => {
    const draft = linted(text);
    return suppressionCandidates(draft, first(draft)).find(({ title }) => title === STET)?.effect;
  };
  const comment = "<!-- stet repeated-word -->";
  expect(stetOf(`All is well.\n\n${TEXT}`)).toEqual({
    fix: { edits: [{ start: 14, end: 14, newText: `${comment}\n\n` }] },
  });
  expect(stetOf(TEXT.replaceAll("\n", "\r\n"))).toEqual({
    fix: { edits: [{ start: 0, end: 0, newText: `${comment}\r\n\r\n` }] },
  });
  expect(stetOf("- The bridge is is open.\n")).toHaveProperty("config");
  expect(stetOf("> The bridge is is open.\n")).toHaveProperty("config");
});

test("the other place is shown as the client can, in whichever draft it is", () => {
  const draft = linted("x".repeat(100));
  const alone: Finding = {
    rule: "repeated-block",
    severity: "warning",
    start: 50,
    end: 95,
    message: wording(""),
  };
  const long: Finding = { ...alone, related: [{ start: 0, end: 45, message: wording("") }] };
  const commands = (
    finding: Finding,
    support: ActionSupport,
    other: (name: string) => OtherDraft | undefined = NO_OTHER,
  ): unknown[] =>
    placeCandidates(draft, finding, support, other).map(
      ({ effect }) => "command" in effect && effect.command,
    );
  expect(commands(long, SHOWS)).toEqual([GO_TO, COMPARE]);
  expect(commands(long, { ...SHOWS, compare: false })).toEqual([GO_TO]);
  expect(commands(long, SHOWS_NOTHING)).toEqual([]);
  // A single word is not worth a comparison.
  expect(commands({ ...long, end: 60 }, SHOWS)).toEqual([GO_TO]);
  expect(commands(alone, SHOWS)).toEqual([]);
  const elsewhere = { ...long, related: [{ uri: "b", start: 0, end: 45, message: wording("") }] };
  expect(commands(elsewhere, SHOWS)).toEqual([]);
  const there: OtherDraft = { uri: "file:///b.md", lines: [0], version: null };
  expect(commands(elsewhere, SHOWS, (name) => (name === "b" ? there : undefined))).toEqual([
    GO_TO,
    COMPARE,
  ]);
});
