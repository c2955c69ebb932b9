import { describe, expect, test } from "vitest";
import { editorProperties } from "../../scripts/editor-properties.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { stetEntry } from "../../server/src/engine/suppression/suppress.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { formerIdsOf, rulesFormerly } from "../../server/src/rules/support/former-ids.ts";
import { editorRules } from "../../server/src/settings/rule-settings.ts";
import { type PartialSettings, settingsFrom } from "../../server/src/settings/settings.ts";
import { place } from "../cli/support.ts";
import { draftOf } from "../support/rules.ts";
import { resolveSettings } from "../support/settings.ts";

/* A rule that was renamed or split is still known by its old id, wherever a rule is named. */

const FORMER = formerIdsOf(RULES);
const OLD = "cut-off";
const NEW = ["broken-off", "starts-mid-sentence"];

/** A paragraph that breaks off, and one that has no beginning. */
const BROKEN =
  "The council met on Monday to vote on the budget. It was expected to pass with the support of";
const HEADLESS = "of the bridge, which was built in 1931, nothing is left but two piers.";
const TEXT = `The mayor came late.\n\n${HEADLESS}\n\n${BROKEN}\n`;

describe("a former id", () => {
  test("is no rule's id, and means at least one", () => {
    expect(FORMER).toContain(OLD);
    expect(rulesFormerly(RULES, OLD)).toEqual(NEW);
    for (const id of FORMER) expect(RULES.map((rule) => rule.id)).not.toContain(id);
    expect(rulesFormerly(RULES, "no-rule")).toEqual([]);
  });

  test("sets all that came of it, unless the same source names one by its own id", () => {
    const severities = (...parts: readonly PartialSettings[]): unknown[] =>
      NEW.map((id) => settingsFrom(...parts).rules.get(id)?.severity);
    expect(severities({ rules: { [OLD]: "off" } })).toEqual(["off", "off"]);
    expect(severities({ rules: { [NEW[0] ?? ""]: "error", [OLD]: "off" } })).toEqual([
      "error",
      "off",
    ]);
    expect(
      severities(
        { rules: { [NEW[0] ?? ""]: "error" } },
        { rules: { [OLD]: { severity: "hint" } } },
      ),
    ).toEqual(["hint", "hint"]);
  });

  test("counts in a config file and its overrides, with one warning for all", () => {
    const entry = { rule: OLD, text: "x", hash: "00000000" };
    const text = JSON.stringify({
      rules: { [OLD]: "off" },
      overrides: [{ files: ["a.md"], rules: { [OLD]: "error" } }],
      stet: [entry, entry],
    });
    for (const [draft, severity] of [
      ["/w/b.md", "off"],
      ["/w/a.md", "error"],
    ] as const) {
      const { settings, problems } = resolveSettings(draft, "/w", {}, (file) =>
        file === "/w/.galley.json" ? text : undefined,
      );
      expect(NEW.map((id) => settings.rules.get(id)?.severity)).toEqual([severity, severity]);
      expect(problems.map((one) => one.severity)).toEqual(["warning"]);
      for (const id of [OLD, ...NEW]) expect(problems[0]?.message).toContain(`“${id}”`);
    }
  });

  test("counts in the editor, where the new ones have their defaults", () => {
    const defaults = Object.fromEntries(NEW.map((id) => [id, { severity: "information" }]));
    expect(editorRules({ ...defaults, [OLD]: { severity: "off" } })).toMatchObject({
      [NEW[0] ?? ""]: { severity: "off" },
      [NEW[1] ?? ""]: { severity: "off" },
    });
    const own = { ...defaults, [NEW[0] ?? ""]: { severity: "hint" } };
    expect(editorRules({ ...own, [OLD]: { severity: "off" } })).toMatchObject({
      [NEW[0] ?? ""]: { severity: "hint" },
      [NEW[1] ?? ""]: { severity: "off" },
    });
    for (const none of [null, "", 1, {}, { severity: "loud" }]) {
      expect(editorRules({ ...defaults, [OLD]: none })).toEqual(editorRules(defaults));
    }
    const property = editorProperties()[`galley.rules.${OLD}.severity`];
    expect(property?.deprecationMessage).toContain(NEW[1]);
  });

  test("counts in stets: comments and entries", () => {
    const told = (text: string, entries: readonly ReturnType<typeof stetEntry>[] = []): string[] =>
      lint(draftOf(text), RULES, settingsFrom({ stet: entries }), { rethrow: true })
        .filter(({ rule }) => [...NEW, "unused-stet"].includes(rule))
        .map(({ rule }) => rule);
    expect(told(TEXT)).toEqual([...NEW].reverse());
    const found = lint(draftOf(TEXT), RULES, settingsFrom({}), { rethrow: true }).filter(
      ({ rule }) => NEW.includes(rule),
    );
    const entries = found.map((one) => ({ ...stetEntry(draftOf(TEXT), one), rule: OLD }));
    expect(told(TEXT, entries)).toEqual([]);
    expect(told(`<!-- stet-file ${OLD} -->\n\n${TEXT}`)).toEqual(["unused-stet"]);
    const marked = `<!-- stet ${OLD} -->\n\n${BROKEN}\n\n## The next part\n\n`;
    const twice = marked + marked.replace("Monday", "Tuesday") + "The mayor came late.\n";
    const left = lint(draftOf(twice), RULES, settingsFrom({})).filter(({ rule }) =>
      [...NEW, "unused-stet"].includes(rule),
    );
    expect(left.map(({ severity }) => severity)).toEqual(["hint"]);
    for (const id of NEW) expect(left[0]?.message).toContain(`“${id}”`);
    expect(told(`<!-- stet ${OLD} -->\n\nThe council met.\n`)).toEqual(["unused-stet"]);
  });

  test("counts on the command line, and is told once", async () => {
    const { galley } = place({ "a.md": TEXT });
    const { code, out, err } = await galley("check", "--rule", `${OLD}=off`, "--format", "json");
    expect(code).toBe(0);
    for (const id of NEW) expect(out).not.toContain(id);
    expect(err.match(/cut-off/g)?.length).toBe(2);
    for (const id of NEW) expect(err).toContain(id);
    const page = await galley("rules", OLD);
    expect(page.code).toBe(0);
    for (const id of NEW) expect(page.out).toContain(`# ${id}`);
  });
});
