import { expect, test } from "vitest";
import { editorProperties, editorSections } from "../../scripts/editor-properties.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { SETTINGS } from "../../server/src/settings/table.ts";

test("the settings page has three titled sections, each setting in one of them, in order", () => {
  const sections = editorSections();
  expect(sections.map(({ title }) => title)).toEqual(["Drafts", "Rules", "Advanced"]);
  const names = sections.flatMap(({ properties }) => Object.keys(properties));
  expect(new Set(names).size).toBe(names.length);
  for (const { properties } of sections) {
    const orders = Object.values(properties).map(({ order }) => order);
    expect(orders.length).toBeGreaterThan(0);
    expect(orders).toEqual(orders.map((_, index) => index));
  }
  const declared = SETTINGS.filter(([, { editor }]) => editor !== undefined);
  for (const [, { name, section }] of declared) {
    expect([name, section === undefined]).toEqual([name, false]);
    if (name !== "rules") expect(names).toContain(`galley.${name}`);
  }
});

test("every rule's settings are in the section of rules", () => {
  const rules = Object.keys(
    editorSections().find(({ title }) => title === "Rules")?.properties ?? {},
  );
  for (const { id, options } of RULES) {
    expect(rules).toContain(`galley.rules.${id}.severity`);
    for (const name of Object.keys(options)) expect(rules).toContain(`galley.rules.${id}.${name}`);
  }
});

test("a setting with figures links to their page", () => {
  const properties = editorProperties();
  for (const [, { name, figures }] of SETTINGS) {
    if (figures === undefined) continue;
    expect(properties[`galley.${name}`]?.markdownDescription).toContain(
      "(command:galley.showSensitivity)",
    );
  }
});
