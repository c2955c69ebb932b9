import { parseArgs } from "node:util";
import type { Report } from "../../server/src/draft/finding.ts";
import type { Span } from "../../server/src/text/span.ts";

/* Shared by measurements and benchmarks: their options, and how they print results. */

type Kind = string | number | boolean | readonly string[];
type Options<D> = {
  readonly [Name in keyof D]: D[Name] extends string
    ? string
    : D[Name] extends number
      ? number
      : D[Name] extends boolean
        ? boolean
        : readonly string[];
};

/** The options of a command by their defaults, each of its default's type. Throws if a required one is missing. */
export function readOptions<const D extends Readonly<Record<string, Kind>>>(
  args: readonly string[],
  defaults: D,
  ...needed: readonly (keyof D)[]
): Options<D> {
  const options = Object.entries(defaults).map(([name, value]) => {
    const type = typeof value === "boolean" ? ("boolean" as const) : ("string" as const);
    return [name, { type, multiple: Array.isArray(value) }] as const;
  });
  const { values } = parseArgs({ args: [...args], options: Object.fromEntries(options) });
  const read = Object.entries(defaults).map(([name, value]) => {
    const given = values[name];
    if (given === undefined && needed.includes(name)) throw new Error(`--${name} is needed.`);
    return [name, typeof value === "number" ? Number(given ?? value) : (given ?? value)] as const;
  });
  return Object.fromEntries(read) as Options<D>;
}

export function isLoud({ severity }: Pick<Report, "severity">): boolean {
  return severity !== "hint";
}

/** A map's value for a key, created if it is missing. */
export function inMap<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

/** The entries of a map, sorted by their names. */
export function sorted<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Prints a name, followed by cells of equal width. */
export function printRow(
  name: string,
  cells: readonly (string | number)[],
  { name: first = 40, cell: width = 12 } = {},
): void {
  console.log(name.padEnd(first) + cells.map((cell) => String(cell).padStart(width)).join(""));
}

/** The words of a span between ⟦ ⟧ with this many UTF-16 units around them, in one line. */
export function inContext(text: string, { start, end }: Span, around: number): string {
  const before = text.slice(Math.max(0, start - around), start);
  return oneLine(`${before}⟦${text.slice(start, end)}⟧${text.slice(end, end + around)}`);
}

export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ⏎ ");
}
