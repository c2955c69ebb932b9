import { lstatSync } from "node:fs";
import path from "node:path";
import { writeWhole } from "../host/node/replace-file.ts";
import { RULES } from "../rules/index.ts";
import { CONFIG_NAME } from "../settings/config/config.ts";
import type { Io } from "./check.ts";
import { inputSettings } from "./inputs.ts";
import { fileOfPath, shownPath } from "./paths.ts";

/** What a `.galley.json` may contain, ready to be uncommented. */
const SETTINGS = `\
  // Where the drafts are. Without it they are looked for everywhere.
  // "include": ["content/**"],

  // What is no draft. What git ignores and what is installed is left out anyway.
  // "exclude": ["archive/**"],

  // Words that are right as they stand, such as a name.
  // "accept": ["La La Land"],

  // How loudly a rule speaks: "off", "hint", "information", "warning" or "error". “galley rules” lists them.
  // "rules": { "${RULES[0]?.id ?? ""}": "hint" },
`;

/**
 * `galley init`: writes a first `.galley.json` that changes nothing yet. Never overwrites a file. Returns the exit
 * code: 2 if nothing could be written, else 0.
 */
export async function init(given: string, { cwd, stdout, stderr }: Io): Promise<number> {
  const folder = path.resolve(cwd, given);
  const { resolved } = await inputSettings(folder, "-", { sources: {}, config: undefined });
  // The nearest config file replaces those above it, so one above would no longer count.
  const above = resolved.configPath && shownPath(folder, fileOfPath(resolved.configPath));
  const extended = above === undefined ? "" : `  "extends": [${JSON.stringify(above)}],\n\n`;
  const bytes = new TextEncoder().encode(`{\n${extended}${SETTINGS}}\n`);
  const file = path.join(folder, CONFIG_NAME);
  const shown = shownPath(cwd, file);
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) {
    stderr.write(`galley: ${shown} already exists and was not changed.\n`);
    return 2;
  }
  const reason = writeWhole(file, bytes, { before: "absent" });
  if (reason !== undefined) {
    stderr.write(`galley: ${shown}: It was not written. ${reason}\n`);
    return 2;
  }
  stdout.write(`Wrote ${shown}, with what can be set as comments.\nNext: galley check\n`);
  return 0;
}
