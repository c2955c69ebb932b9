import type { Schema } from "../server/src/settings/json-schema.ts";
import { RULES } from "../server/src/rules/index.ts";
import { LEVEL_DESCRIPTIONS, LEVELS } from "../server/src/settings/rule-settings.ts";
import { type Section, SECTIONS, SETTINGS, TABLE } from "../server/src/settings/table.ts";

/** A setting of VS Code. */
export interface Property extends Schema {
  readonly scope: "resource" | "window" | "application" | "language-overridable";
  readonly order?: number;
  readonly tags?: readonly string[];
  readonly enumItemLabels?: readonly string[];
}

/** A titled part of the settings page. */
export interface SettingsSection {
  readonly title: Section;
  readonly order: number;
  readonly properties: Readonly<Record<string, Property>>;
}

/** Galley's settings in VS Code, as the server reads them: those of the table, then those of each rule. */
export function editorSections(): SettingsSection[] {
  const all = properties();
  return SECTIONS.map((title, order) => ({
    title,
    order,
    properties: Object.fromEntries(
      all
        .filter(({ section }) => section === title)
        .map(({ name, property }, index) => [name, { ...property, order: index }]),
    ),
  }));
}

/** The same, in whatever section. */
export function editorProperties(): Record<string, Property> {
  return Object.fromEntries(
    editorSections().flatMap((section) => Object.entries(section.properties)),
  );
}

interface Placed {
  readonly name: string;
  readonly section: Section;
  readonly property: Property;
}

function properties(): Placed[] {
  const found: Placed[] = [];
  const add = (
    name: string,
    schema: Schema,
    section: Section = "Rules",
    scope: Property["scope"] = "resource",
  ): void => {
    found.push({ name: `galley.${name}`, section, property: { ...schema, scope } });
  };
  for (const [, { name, schema, editor, section, figures }] of SETTINGS) {
    if (editor === undefined || name === TABLE.rules.name) continue;
    add(name, figures === undefined ? schema : withFigures(schema), section, editor);
  }
  for (const rule of RULES) {
    add(`rules.${rule.id}.severity`, {
      type: "string",
      enum: LEVELS,
      enumDescriptions: LEVEL_DESCRIPTIONS,
      default: rule.severity,
      markdownDescription: `${rule.summary} [More](command:galley.showRule?${encodeURIComponent(JSON.stringify([rule.id]))})`,
    });
    for (const [name, spec] of Object.entries(rule.options)) {
      add(`rules.${rule.id}.${name}`, spec);
    }
  }
  return found;
}

/** A description with a link to the page that has the figures. */
function withFigures({ description = "", ...schema }: Schema): Schema {
  const link = "[What was measured](command:galley.showSensitivity)";
  return { ...schema, markdownDescription: `${description} ${link}` };
}
