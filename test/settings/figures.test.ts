import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SETTINGS, TABLE } from "../../server/src/settings/table.ts";

/* The figures for the sensitivities are those in docs/accuracy.md. */

const page = readFileSync("docs/accuracy.md", "utf8");

/** The cells of the first row that begins with a text, without the first cell. */
function row(start: string): string[] {
  const found = page.split("\n").find((line) => line.startsWith(`| ${start}`));
  if (found === undefined) throw new Error(`No row begins with “${start}”.`);
  return found
    .split("|")
    .slice(2, -1)
    .map((cell) => cell.trim());
}

test("every sensitivity has a number in each column for each of its values, and what each value means", () => {
  const measured = SETTINGS.filter(([, { figures }]) => figures !== undefined);
  expect(measured.map(([key]) => key)).toEqual(["sensitivity", "repeatsSensitivity"]);
  for (const [, { schema, figures }] of measured) {
    const values = schema.enum ?? [];
    expect(Object.keys(figures?.rows ?? {})).toEqual(values);
    for (const numbers of Object.values(figures?.rows ?? {})) {
      expect(numbers).toHaveLength(figures?.columns.length ?? -1);
    }
    expect(schema.enumDescriptions).toHaveLength(values.length);
    for (const meaning of schema.enumDescriptions ?? []) expect(meaning).toMatch(/^[A-Z].*\.$/);
    // Plain words: the numbers are on the page.
    expect([schema.description, ...(schema.enumDescriptions ?? [])].join(" ")).not.toMatch(/\d/);
  }
});

test("the figures of lost words are those that were measured", () => {
  const alarms = row("false alarms, published articles as plain text").map(Number);
  const found = row("links lost (2,579)").map((cell) => Math.round(Number(cell) * 1000) / 10);
  const rows = TABLE.sensitivity.figures?.rows ?? {};
  for (const [index, value] of ["quiet", "normal", "eager"].entries()) {
    const columns = [2 * index, 2 * index + 1];
    expect(rows[value]).toEqual([
      ...columns.map((column) => alarms[column]),
      ...columns.map((column) => found[column]),
    ]);
  }
});

test("the figures of repeats are those of the step at which an information begins", () => {
  const steps =
    /an information at ([\d.]+).*?\(quiet: [\d.]+, ([\d.]+), .*?eager: [\d.]+, ([\d.]+),/.exec(
      page,
    );
  const [, normal = "", quiet = "", eager = ""] = steps ?? [];
  const curve = page.split("\n").filter((line) => /^\| +-?\d/.test(line));
  const rows = TABLE.repeatsSensitivity.figures?.rows ?? {};
  for (const [value, step] of Object.entries({ quiet, normal, eager })) {
    const at = curve
      .map((line) => line.split("|").map((cell) => cell.trim()))
      .find((cells) => Number(cells[2]) === Number(step));
    expect([value, rows[value]]).toEqual([value, at?.slice(4, 6).map(Number)]);
  }
});
