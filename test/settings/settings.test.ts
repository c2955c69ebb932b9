import { expect, test } from "vitest";
import { editorSettings, settingsFrom } from "../../server/src/settings/settings.ts";

test("editor settings of the wrong kind count as not set", () => {
  expect(
    editorSettings({
      placeholder: " ",
      language: "German",
      accept: "x",
      holes: { sensitivity: "loud" },
      rules: { "repeated-word": { severity: "warn" }, "unused-stet": "off", zebra: "off" },
    }),
  ).toEqual({ rules: { "repeated-word": { options: {} }, "unused-stet": "off" } });
  for (const minWords of [7, 201, 20.5, "20"]) {
    expect(editorSettings({ rules: { "repeated-block": { minWords } } })).toEqual({
      rules: { "repeated-block": { options: {} } },
    });
  }
  for (const value of [null, undefined, 3, "x", []]) {
    expect(editorSettings(value)).toEqual({ rules: {} });
  }
});

test("editor settings are read", () => {
  const settings = editorSettings({
    placeholder: "XX",
    language: "de-AT",
    accept: ["x"],
    holes: { sensitivity: "eager" },
    rules: { "repeated-block": { severity: "error", minWords: 20, other: 1 } },
  });
  expect(settings).toEqual({
    placeholder: "XX",
    language: "de-AT",
    accept: ["x"],
    sensitivity: "eager",
    rules: { "repeated-block": { severity: "error", options: { minWords: 20 } } },
  });
});

test("a later source replaces, lists add up, and what is left out is inherited", () => {
  const settings = settingsFrom(
    { placeholder: "A", accept: ["a"], rules: { "repeated-block": { options: { minWords: 20 } } } },
    { accept: ["b"], rules: { "repeated-block": "error", zebra: "off" } },
  );
  expect(settings.placeholder).toBe("A");
  expect(settings.accept).toEqual(["a", "b"]);
  expect(settings.rules.get("repeated-block")).toMatchObject({
    severity: "error",
    options: { minWords: 20 },
  });
  expect(settings.rules.has("zebra")).toBe(false);
});
