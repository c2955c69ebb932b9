import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type source from "../package.json";
import texts from "../package.nls.json";
import { LANGUAGES } from "../client/src/languages.generated.ts";
import { lint } from "../server/src/engine/lint.ts";
import { RULES } from "../server/src/rules/index.ts";
import { settingsFrom } from "../server/src/settings/settings.ts";
import { draftOf } from "./support/rules.ts";

/* What the extension adds to VS Code: commands, keys, menus and the walkthrough name things that exist. */

const byKey: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(texts).map(([key, text]) => [`%${key}%`, text]),
);

/** As VS Code reads it: with texts instead of keys. */
const manifest = JSON.parse(readFileSync("package.json", "utf8"), (_, value: unknown) =>
  typeof value === "string" && value in byKey ? byKey[value] : value,
) as typeof source;
const { commands, keybindings, submenus, menus, walkthroughs } = manifest.contributes;
const ids = new Set(commands.map(({ command }) => command));

/** VS Code's own commands that it names. */
const BUILT_IN = new Set(["workbench.actions.view.problems", "editor.action.quickFix"]);

const isKnown = (command: string): boolean => ids.has(command) || BUILT_IN.has(command);

describe("commands", () => {
  test("are declared once each, and menus and keys name only those", () => {
    expect(ids.size).toBe(commands.length);
    const named = [...Object.values(menus).flat(), ...keybindings].flatMap((entry) =>
      "command" in entry ? [entry.command] : [],
    );
    expect(named.filter((one) => !ids.has(one))).toEqual([]);
  });

  test("appear in the palette only where they can do something", () => {
    const needsDraft = ["galley.firstFinding", "galley.markEveryLoss", "galley.stet"];
    for (const id of needsDraft) {
      const entry = menus.commandPalette.find(({ command }) => command === id);
      expect(entry?.when).toContain("galley.isDraft");
    }
  });

  test("with keys: two in drafts, and in views those for fixing and removing", () => {
    const inDraft = "editorTextFocus && galley.isDraft";
    expect(keybindings.map(({ command, when }) => [command, when])).toEqual([
      ["galley.readyToPublish", inDraft],
      ["galley.stet", inDraft],
      ["galley.left.mend", "focusedView == galley.left"],
      ["galley.left.mend", "focusedView == galley.drafts"],
      ["galley.stets.remove", "focusedView == galley.stets && !inputFocus"],
    ]);
    for (const { key, mac } of keybindings) {
      // “delete” is another key there.
      if (key === "delete") continue;
      expect(mac).toBe(key.replaceAll("ctrl", "cmd"));
    }
  });

  test("are in one submenu of the editor's context menu", () => {
    expect(submenus).toEqual([{ id: "galley.editor", label: "Galley" }]);
    const entry = { submenu: "galley.editor", when: "galley.isDraft" };
    expect(menus["editor/context"]).toMatchObject([entry]);
    expect(menus["galley.editor"].length).toBeGreaterThan(3);
  });
});

test("the tool for assistants is off until a person turns it on, which no workspace can do", () => {
  const { configuration, languageModelTools } = manifest.contributes;
  const settings = Object.assign(
    {},
    ...configuration.map(({ properties }) => properties),
  ) as object;
  expect(languageModelTools).toMatchObject([
    { name: "galley_check", when: "config.galley.assistants" },
  ]);
  expect(settings).toMatchObject({
    "galley.assistants": { default: false, scope: "application" },
  });
  expect(readFileSync("client/src/assistants.ts", "utf8")).toContain('"galley_check"');
});

describe("the walkthrough", () => {
  const steps = walkthroughs.flatMap((one) => one.steps);
  const packed = readFileSync(".vscodeignore", "utf8").split("\n");

  test("has five steps", () => {
    expect(walkthroughs.map(({ id }) => id)).toEqual(["start"]);
    expect(steps.map(({ id }) => id)).toEqual(["finds", "sample", "mend", "stet", "ready"]);
  });

  test.each(steps)("step $id can be completed: its links and events are commands", (step) => {
    const links = [...step.description.matchAll(/\]\(command:([\w.]+)(\?[^)]*)?\)/g)];
    expect(links.length).toBeGreaterThan(0);
    for (const [, command = "", query = ""] of links) {
      expect([command, isKnown(command)]).toEqual([command, true]);
      if (query !== "") expect(JSON.parse(decodeURIComponent(query.slice(1)))).toHaveLength(1);
    }
    expect(step.completionEvents.length).toBeGreaterThan(0);
    for (const event of step.completionEvents) {
      const [kind, name = ""] = event.split(":");
      if (kind === "onCommand") expect([name, isKnown(name)]).toEqual([name, true]);
      else expect(event).toBe(`onContext:galley.tried.${step.id}`);
    }
  });

  test.each(steps)("step $id has pictures that are packed, with a palette", ({ media }) => {
    expect(media.altText).toMatch(/\.$/);
    expect(Object.keys(media.image)).toEqual(["light", "dark", "hcLight", "hc"]);
    expect(packed).toContain("!images/walkthrough/**");
    for (const file of Object.values(media.image)) {
      expect(file).toMatch(/^images\/walkthrough\/[\w-]+\.png$/);
      expect([file, existsSync(file)]).toEqual([file, true]);
      const bytes = readFileSync(file);
      // The colour type in the header: 3 is a palette.
      expect([file, bytes[25]]).toEqual([file, 3]);
      expect(bytes.length).toBeLessThan(200_000);
    }
  });

  test("has a sample that is packed, and whose first finding has a fix", () => {
    expect(packed).toContain("!client/sample.md");
    expect(LANGUAGES[0]).toBe("markdown");
    const draft = draftOf(readFileSync("client/sample.md", "utf8"));
    const findings = lint(draft, RULES, settingsFrom(), { rethrow: true });
    // Each is one that the sample is about. A false one would be the first thing that a writer sees.
    expect(findings.map(({ rule }) => rule)).toEqual([
      "empty-attribution",
      "repeated-word",
      "orphaned-fragment",
      "unclosed-quote",
      "repeated-block",
      "empty-section",
    ]);
    expect(findings[0]?.severity).toBe("warning");
    expect(findings[0]?.fixes?.length).toBeGreaterThan(0);
  });
});

test("the types of VS Code are those of the oldest supported version", () => {
  expect(manifest.engines.vscode).toBe(`^${manifest.devDependencies["@types/vscode"]}`);
});
