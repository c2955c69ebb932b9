import type { Schema } from "../server/src/settings/json-schema.ts";
import { type Figures, SETTINGS } from "../server/src/settings/table.ts";

/** The page about sensitivities: what each value means, and what was measured for it. */
export function sensitivityPage(): string {
  const parts = SETTINGS.flatMap(([, { name, schema, figures }]) =>
    figures === undefined ? [] : [part(name, schema, figures)],
  );
  return `# Sensitivity\n\n${parts.join("\n\n")}\n`;
}

/** A setting as it is written in `.galley.json`: the part of its name before the dot is an object. */
function asWritten(name: string, value: unknown): string {
  const [outer = "", inner = ""] = name.split(".");
  return `"${outer}": { "${inner}": ${JSON.stringify(value)} }`;
}

function part(name: string, schema: Schema, { about, columns, rows }: Figures): string {
  const values = schema.enum ?? [];
  const meanings = values.map((value, index) => {
    const suffix = value === schema.default ? " (the default)" : "";
    return `- **${value}**${suffix}: ${schema.enumDescriptions?.[index] ?? ""}`;
  });
  const table = [
    `| | ${columns.join(" | ")} |`,
    `|---|${columns.map(() => "--:").join("|")}|`,
    ...values.map((value) => `| ${value} | ${(rows[value] ?? []).map(String).join(" | ")} |`),
  ];
  return [
    `## \`${name}\``,
    schema.description ?? "",
    `In \`.galley.json\`: \`${asWritten(name, values.at(-1))}\`. In VS Code: \`galley.${name}\`.`,
    meanings.join("\n"),
    about,
    table.join("\n"),
  ].join("\n\n");
}
