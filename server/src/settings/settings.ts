import { memoizeOn } from "../draft/incremental/memoize.ts";
import { fits, valueAt } from "./json-schema.ts";
import { type JudgingSetting, type Setting, SETTINGS, type Table } from "./table.ts";

export type { StetEntry } from "./table.ts";

/** Settings of the table that shape the findings in a draft. */
type Judging = {
  readonly [
    Key in keyof Table as Table[Key] extends { readonly use: "judging" } ? Key : never
  ]: Table[Key];
};

/** Everything that shapes the findings in a draft. Compared by identity, because results are memoised on it. */
export type Settings = {
  readonly [Key in keyof Judging]: ReturnType<Judging[Key]["combine"]>;
};

/** Settings from one source; what is left out is inherited. */
export type PartialSettings = {
  readonly [Key in keyof Judging]?: Parameters<Judging[Key]["combine"]>[1];
};

/** The settings that shape findings, by their names in the code. */
const JUDGING = SETTINGS.filter((one): one is readonly [keyof Judging, AnyJudging] =>
  isJudging(one[1]),
);

/** One of them. The mapped types above know its values. */
type AnyJudging = JudgingSetting<unknown>;

export const DEFAULT_SETTINGS: Settings = settingsFrom();

/** Applies later sources on top of earlier ones, each setting as the table says: it replaces them, or adds to them. */
export function settingsFrom(...sources: readonly PartialSettings[]): Settings {
  const entries = JUDGING.map(([key, setting]) => {
    const parts = sources.map((source) => source[key]).filter((part) => part !== undefined);
    const whole = parts.reduce<unknown>(
      (behind, part) => setting.combine(behind, part),
      setting.default,
    );
    return [key, whole] as const;
  });
  // The table gives each key a value of its type.
  return Object.fromEntries(entries) as unknown as Settings;
}

/** Settings as a text, the same for equal ones. A memo, because writing it is slow. */
export const settingsKey = memoizeOn<Settings>()((settings) =>
  JSON.stringify({ ...settings, rules: [...settings.rules] }),
);

const shared = new Map<string, Settings>();

/** While somebody types in a config file, each version may be one. */
const MOST_SHARED = 1000;

/** Equal settings as the same object, whose identity is the key of cached findings. */
export function sharedSettings(settings: Settings): Settings {
  const key = settingsKey(settings);
  const known = shared.get(key);
  if (known !== undefined) return known;
  if (shared.size >= MOST_SHARED) shared.clear();
  shared.set(key, settings);
  return settings;
}

/**
 * Reads the editor's settings (the value of the section `galley`), where each rule is an object of its severity and
 * options. A value of the wrong type counts as not set; the editor marks it itself.
 */
export function editorSettings(value: unknown): PartialSettings {
  const set = JUDGING.filter(([, { editor }]) => editor !== undefined).map(([key, setting]) => {
    const given = valueAt(value, setting.name);
    const { fromEditor, schema } = setting;
    return [key, fromEditor ? fromEditor(given) : fits(schema, given) ? given : undefined] as const;
  });
  return Object.fromEntries(set.filter(([, part]) => part !== undefined));
}

function isJudging(setting: Setting): setting is AnyJudging {
  return setting.use === "judging";
}
