import { describe, expect, test } from "vitest";
import { editorProperties } from "../../scripts/editor-properties.ts";
import { editorConfig } from "../../server/src/lsp/editor-config.ts";
import { parseConfig } from "../../server/src/settings/config/config.ts";
import { fits, type Schema, valueAt } from "../../server/src/settings/json-schema.ts";
import { configSchema } from "../../server/src/settings/schema.ts";
import { DEFAULT_SETTINGS, settingsFrom } from "../../server/src/settings/settings.ts";
import { SETTINGS, settingNamed } from "../../server/src/settings/table.ts";

/* A setting is declared once: everything in the table is read, offered and explained everywhere. */

/** A value that fits and is not the default. */
function otherValue(schema: Schema): unknown {
  switch (schema.type) {
    case "boolean":
      return schema.default !== true;
    case "integer":
      return Number(schema.default) + 1;
    case "string":
      return schema.enum?.find((one) => one !== schema.default) ?? "xx";
    case "array":
      return [otherValue(schema.items ?? {})];
    case undefined:
      return otherValue(schema.anyOf?.at(-1) ?? {});
    default: {
      const members = Object.entries(schema.properties ?? {});
      return Object.fromEntries(members.map(([name, member]) => [name, otherValue(member)]));
    }
  }
}

/** An object with the value under a name, whose dots are levels. */
function objectWith(name: string, value: unknown): Record<string, unknown> {
  const [first = name, ...rest] = name.split(".");
  return { [first]: rest.length === 0 ? value : objectWith(rest.join("."), value) };
}

const simple = SETTINGS.filter(([, { name, use }]) => name !== "rules" && use !== "overrides");
const wrong: readonly unknown[] = [null, 1.5, -1, {}, [1], [[]], true, "", "\u0000"];

describe.each(simple)("the setting %s", (key, setting) => {
  const { name, schema, file, editor } = setting;
  const value = otherValue(schema);

  test("has a description, a valid default, and a unique name", () => {
    expect(schema.description).toMatch(/\.$/);
    const isList = schema.items !== undefined || schema.anyOf !== undefined;
    expect(isList || fits(schema, schema.default)).toBe(true);
    expect(settingNamed(name)).toBe(setting);
  });

  test("is read from .galley.json where allowed, and reported elsewhere", () => {
    const top = parseConfig(JSON.stringify(objectWith(name, value)));
    const inOverride = { overrides: [{ files: ["a"], ...objectWith(name, value) }] };
    const override = parseConfig(JSON.stringify(inOverride));
    const messages = [top, override].map(({ problems }) => problems.map((one) => one.message));
    expect(messages.map((told) => told.length === 0)).toEqual([
      file !== undefined,
      file === "top and overrides",
    ]);
    expect(valueAt(top.config, key)).toEqual(file === undefined ? undefined : value);
    const within = override.config.overrides?.[0];
    expect(valueAt(within, key)).toEqual(file === "top and overrides" ? value : undefined);
    const known = JSON.stringify(configSchema()).includes(JSON.stringify(schema.description));
    expect(known).toBe(file !== undefined);
  });

  test("is VS Code's if it may be set there, and a wrong value counts as not set", () => {
    expect(Object.hasOwn(editorProperties(), `galley.${name}`)).toBe(editor !== undefined);
    const read = (one: unknown): unknown => {
      const { config, options } = editorConfig(objectWith(name, one), null, null);
      return { ...config, ...options };
    };
    const unset = editorConfig(null, null, null);
    if (editor === undefined || setting.use === "client") {
      expect(read(value)).toEqual({ ...unset.config, ...unset.options });
      return;
    }
    expect(read(value)).not.toEqual({ ...unset.config, ...unset.options });
    for (const one of wrong) {
      if (fits(schema, one)) continue;
      expect(read(one)).toEqual({ ...unset.config, ...unset.options });
    }
  });

  test("is combined with the sources behind it, always in the same way", () => {
    const isJudging = setting.use === "judging";
    expect(Object.hasOwn(DEFAULT_SETTINGS, key)).toBe(isJudging);
    const whole = settingsFrom({ [key]: value }, {}, { [key]: value });
    const expected: unknown = Array.isArray(value) ? [value, value].flat() : value;
    expect(valueAt(whole, key)).toEqual(isJudging ? expected : undefined);
  });
});
