import type { RuleSetting } from "./rule-settings.ts";
import type { Settings } from "./settings.ts";
import { SETTINGS, TABLE } from "./table.ts";

/** How many items of a list are written out; the rest are counted. */
const MAX_ITEMS = 20;

/** Settings in the shape of `.galley.json`, for people to read: long lists are cut. */
export function asConfig(settings: Settings): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  const values: Readonly<Record<string, unknown>> = settings;
  for (const [key, { name, use }] of SETTINGS) {
    if (use !== "judging") continue;
    const value = name === TABLE.rules.name ? toRules(settings) : shortList(values[key]);
    const [group = name, inner] = name.split(".");
    config[group] =
      inner === undefined ? value : { ...(config[group] as object | undefined), [inner]: value };
  }
  return config;
}

function toRules({ rules }: Settings): Record<string, RuleSetting | RuleSetting["severity"]> {
  return Object.fromEntries(
    [...rules].map(([id, rule]) => [
      id,
      Object.keys(rule.options).length === 0 ? rule.severity : rule,
    ]),
  );
}

function shortList(value: unknown): unknown {
  if (!Array.isArray(value) || value.length <= MAX_ITEMS) return value;
  const items: readonly unknown[] = value;
  return [...items.slice(0, MAX_ITEMS), `… and ${value.length - MAX_ITEMS} more`];
}
