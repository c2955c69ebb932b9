/*
 * settings/: every setting, once, in this table. The schema of `.galley.json`, VS Code's settings, what is read from
 * either, what an override may have, and the messages about mistakes come from it.
 *
 * `select.ts` decides which files are drafts, and `skipped.ts` says why others are not. Globs are our own (`glob.ts`),
 * because libraries turn them into regular expressions, which can take forever.
 */

import { AUTO_LANGUAGE } from "../language/declared.ts";
import { isEmptyPhrase } from "../language/small-words.ts";
import type { Sensitivity } from "../missing/sensitivity.ts";
import type { Sensitivity as RepeatsSensitivity } from "../repeats/signals.ts";
import type { Schema } from "./json-schema.ts";
import { type Statement, wording } from "../text/wording.ts";
import {
  DEFAULT_RULES,
  editorRules,
  overlayRules,
  type PartialRules,
  type RuleSetting,
  rulesSchema,
} from "./rule-settings.ts";

/** The sections of the settings page in VS Code, in order. */
export const SECTIONS = ["Drafts", "Rules", "Advanced"] as const;

export type Section = (typeof SECTIONS)[number];

/** What was measured for each value of a setting. */
export interface Figures {
  /** What the numbers mean. */
  readonly about: string;
  readonly columns: readonly string[];
  /** By the setting's value, a number for each column. */
  readonly rows: Readonly<Record<string, readonly number[]>>;
}

interface Entry {
  /** Its name in `.galley.json` and, after “galley.”, in the editor. A dot puts it into an object. */
  readonly name: string;
  /** Its allowed values. Also has its description and, if it can be written as JSON, its default. */
  readonly schema: Schema;
  /** Where it may be set in the editor: for each folder, for the window only, or by the user and no workspace. */
  readonly editor?: "resource" | "window" | "application";
  /** Its section on the editor's settings page, if it is there. */
  readonly section?: Section;
  /** The figures of docs/accuracy.md, shown on the page about sensitivities. */
  readonly figures?: Figures;
  /** Where it may be set in `.galley.json`: only at the top, or in overrides too. */
  readonly file?: "top" | "top and overrides";
  /** The message for a value that the schema's pattern rejects. */
  readonly mustBe?: Statement;
  /** Why a list item, or a text, has no effect, about the quoted text; undefined if it has one. */
  readonly whyUseless?: (text: string) => Statement | undefined;
}

/** A setting that shapes the findings in a draft. */
export interface JudgingSetting<Part, Whole = Part> extends Entry {
  readonly use: "judging";
  readonly default: Whole;
  /** Applies what one source says on top of the sources behind it. */
  combine(behind: Whole, part: Part): Whole;
  /** Reads a value from the editor. Without it, a value that fits the schema is used unchanged. */
  readonly fromEditor?: (value: unknown) => Part | undefined;
}

interface SelectingSetting extends Entry {
  readonly use: "selecting";
}

/** A setting of the editor that has nothing to do with drafts. `read` gets a value that fits the schema. */
export interface EditorOption<Value> extends Entry {
  readonly use: "editor";
  readonly read: (value: unknown) => Value;
}

/** A setting for the client, which the server need not know. */
interface ClientSetting extends Entry {
  readonly use: "client";
}

interface ExtendingSetting extends Entry {
  readonly use: "extending";
}

/** A list of settings for some of the drafts; `schema.ts` adds those it may contain. */
interface OverridesSetting extends Entry {
  readonly use: "overrides";
}

export type Setting =
  | JudgingSetting<unknown>
  | SelectingSetting
  | EditorOption<unknown>
  | ClientSetting
  | ExtendingSetting
  | OverridesSetting;

/** What the editor does with the findings that a baseline lists. */
export type BaselineMode = "hint" | "hide" | "off";

/** A suppressed passage, found by its words, not by its line. */
export interface StetEntry {
  readonly rule: string;
  /** The passage's first words, for those who read the file. */
  readonly text: string;
  /** `passageHash` of the whole passage: the sentences that the finding touches. */
  readonly hash: string;
}

/** What may be extended: no URL, no absolute path, only JSON. */
const EXTENDABLE: Schema = {
  type: "string",
  pattern:
    "^(?:\\.{1,2}/(?:[^\\\\\\x00-\\x1f]*/)?[^/\\\\\\x00-\\x1f]*\\.jsonc?|(?:@[A-Za-z0-9~-][A-Za-z0-9._~-]*/)?[A-Za-z0-9~-][A-Za-z0-9._~-]*)$",
};

/**
 * By name in the code. The order is that of the editor's settings (the many settings of rules come last) and of
 * `.galley.json` (settings that an override may have come first).
 */
export const TABLE = {
  rules: {
    use: "judging",
    name: "rules",
    section: "Rules",
    schema: rulesSchema(),
    editor: "resource",
    file: "top and overrides",
    default: DEFAULT_RULES,
    combine: overlayRules,
    fromEditor: editorRules,
  } satisfies JudgingSetting<PartialRules, ReadonlyMap<string, RuleSetting>>,

  enable: option<boolean>({
    name: "enable",
    section: "Drafts",
    schema: { type: "boolean", default: true, description: "Check drafts." },
  }),

  checksWorkspace: option({
    name: "workspace.check",
    section: "Drafts",
    schema: {
      type: "string",
      enum: ["on", "open drafts only"],
      default: "on",
      description: "Which drafts are checked and listed in Problems.",
      enumDescriptions: [
        "Every draft in the workspace, open or not.",
        "Only the drafts that are open.",
      ],
    },
    read: (value) => value === "on",
  }),

  mostDrafts: option<number>({
    name: "workspace.maxDrafts",
    section: "Advanced",
    schema: {
      type: "integer",
      default: 20000,
      minimum: 0,
      description: "In a workspace with more drafts than this, only the open ones are checked.",
    },
  }),

  include: patterns(
    "include",
    "Where to look for drafts, such as “content/**”. If empty, everywhere. A pattern for another kind of file, such as “**/*.html”, adds that kind.",
  ),

  exclude: patterns(
    "exclude",
    "Files and folders that are not drafts, such as “archive/**”. Always left out: what version control ignores, installed packages, change logs, licences, templates for issues and pull requests, and test fixtures.",
  ),

  accept: addingUp<string>({
    name: "accept",
    section: "Rules",
    schema: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Phrases that are right as they are. Galley says nothing about them.",
    },
    editor: "resource",
    file: "top and overrides",
    whyUseless: (phrase) =>
      isEmptyPhrase(phrase)
        ? (quoted) =>
            wording(
              "“{0}” has only punctuation and small words, which are everywhere, so it hides no gap. Delete it.",
              quoted,
            )
        : undefined,
  }),

  placeholder: replacing<string>({
    name: "placeholder",
    section: "Rules",
    schema: {
      type: "string",
      minLength: 1,
      default: "TK",
      description: "What a fix writes where words are missing, for you to replace.",
    },
    // A value emptied in the editor counts as not set.
    fromEditor: (value) => (typeof value === "string" && value.trim() !== "" ? value : undefined),
  }),

  language: replacing<string>({
    name: "language",
    section: "Drafts",
    schema: {
      type: "string",
      pattern: "^(?:auto|[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*)$",
      default: AUTO_LANGUAGE,
      description:
        "The language of drafts that do not state their own, as a tag such as “de” or “pt-BR”. With “auto”, Galley decides by the words of each paragraph. A draft’s own “lang” (front matter, or <html lang>) comes first. Missing words and slips of grammar are found in English only.",
    },
    mustBe: (what) =>
      wording("{0} must be “auto” or a language’s tag, such as “en”, “de” or “pt-BR”.", what),
  }),

  sensitivity: replacing<Sensitivity>({
    name: "holes.sensitivity",
    section: "Rules",
    schema: {
      type: "string",
      enum: ["quiet", "normal", "eager"],
      default: "normal",
      description: "How readily Galley says that words are missing.",
      enumDescriptions: [
        "Only what is almost certain. Rarely wrong, but misses more losses.",
        "What is likely: losses that a reader would stumble over.",
        "Every suspicion, for a last look at what matters most. Wrong more often.",
      ],
    },
    figures: {
      about:
        "Measured on published articles, as plain text, that were not used to train the finder of lost words, and on drafts made from them by removing 2,579 links. The thresholds were set on the same articles, so the false alarms are as many as we chose to allow.",
      columns: [
        "false alarms in 10,000 words",
        "with dotted hints",
        "lost links found, of 100",
        "with dotted hints",
      ],
      rows: {
        quiet: [1.12, 2.37, 66.3, 68.6],
        normal: [2.04, 3.29, 69.6, 70.1],
        eager: [3.08, 9.33, 70.2, 71.2],
      },
    },
  }),

  repeatsSensitivity: replacing<RepeatsSensitivity>({
    name: "repeats.sensitivity",
    section: "Rules",
    schema: {
      type: "string",
      enum: ["quiet", "normal", "eager"],
      default: "normal",
      description: "How readily Galley says that a passage was repeated by accident.",
      enumDescriptions: [
        "Only what nobody repeats on purpose.",
        "What is probably an accident. What may be intended is a dotted hint.",
        "Also what is often intended: steps, templates, the standard text of a series.",
      ],
    },
    figures: {
      about:
        "Measured on labelled repeats in the drafts of public sites: 86 accidents, and 335 that were intended. Each site was judged by a model trained on the others.",
      columns: [
        "accidents reported as more than a hint, of 100",
        "intended repeats reported as more than a hint, of 100",
      ],
      rows: { quiet: [73.3, 2.1], normal: [81.4, 4.2], eager: [89.5, 16.1] },
    },
  }),

  quietWhileTyping: option<boolean>({
    name: "quietWhileTyping",
    section: "Rules",
    schema: {
      type: "boolean",
      default: true,
      description:
        "Hold back new findings in the paragraph you are writing until the cursor leaves it, you save the draft, or five seconds pass without a keystroke.",
    },
  }),

  fixesRepeats: option<boolean>({
    name: "fixAll.repeats",
    section: "Advanced",
    schema: {
      type: "boolean",
      default: false,
      description: "“Fix All” also deletes a repeated passage if the copy is exactly the same.",
    },
  }),

  baseline: option<BaselineMode>({
    name: "baseline",
    section: "Rules",
    schema: {
      type: "string",
      enum: ["hint", "hide", "off"],
      default: "hint",
      description:
        "How to show findings that “.galley-baseline.json” lists. “galley check” leaves them out.",
      enumDescriptions: [
        "As dotted hints, not listed in Problems.",
        "Not at all.",
        "Like all others.",
      ],
    },
  }),

  codeLens: option<boolean>({
    name: "codeLens",
    section: "Advanced",
    schema: {
      type: "boolean",
      default: true,
      description:
        "Above a repeated passage, show links to the other copy, to both side by side, and to delete this one.",
    },
  }),

  notebooks: {
    use: "client",
    name: "notebooks",
    section: "Drafts",
    schema: {
      type: "boolean",
      default: true,
      description: "Check the Markdown cells of notebooks, each on its own.",
    },
    editor: "window",
  } satisfies ClientSetting,

  commitMessages: {
    use: "client",
    name: "commitMessages",
    section: "Drafts",
    schema: {
      type: "boolean",
      default: true,
      description: "Check commit messages, in the commit box and in the file that git opens.",
    },
    editor: "window",
  } satisfies ClientSetting,

  assistants: {
    use: "client",
    name: "assistants",
    section: "Advanced",
    schema: {
      type: "boolean",
      default: false,
      description:
        "Let assistants in this editor ask what Galley finds in the drafts it checks. Answers quote your drafts, so your words may leave this machine.",
    },
    editor: "application",
  } satisfies ClientSetting,

  trace: {
    use: "client",
    name: "trace.server",
    section: "Advanced",
    schema: {
      type: "string",
      enum: ["off", "messages", "verbose"],
      default: "off",
      description: "Which messages between VS Code and Galley are written to the log.",
    },
    editor: "window",
  } satisfies ClientSetting,

  extends: {
    use: "extending",
    name: "extends",
    schema: {
      anyOf: [EXTENDABLE, { type: "array", items: EXTENDABLE }],
      default: [],
      description:
        "Other files whose settings apply here too: one, such as “./house-style.json” or the name of an installed package with a .galley.json at its root, or a list of them. Later files override earlier ones, and this file overrides them all. Each rule is merged separately. Patterns, overrides and phrases add up, and patterns start from this file’s folder.",
    },
    file: "top",
    mustBe: (what) =>
      wording(
        "{0} must be a JSON file of this repository, such as “./house-style.json”, or the name of an installed package.",
        what,
      ),
  } satisfies ExtendingSetting,

  overrides: {
    use: "overrides",
    name: "overrides",
    schema: {
      type: "array",
      default: [],
      description:
        "Settings for some of the drafts. If several apply to a draft, the last one wins. Phrases in “accept” add up.",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["files"],
        properties: {
          files: {
            type: "array",
            minItems: 1,
            // What a file pattern must be to match any file.
            items: { type: "string", minLength: 1, pattern: "^(?!!).*[^/.]", format: "glob" },
            description:
              "Which drafts, such as “news/**” or “/notes.txt”. Patterns start from this file’s folder; one without “/” matches at any depth.",
          },
        },
      },
    },
    file: "top",
  } satisfies OverridesSetting,

  stet: addingUp<StetEntry>({
    name: "stet",
    schema: {
      type: "array",
      default: [],
      description:
        "Passages that you let stand. Galley writes these entries, and finds each passage by its words.",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["rule", "text", "hash"],
        properties: {
          rule: { type: "string", description: "The rule that is silent about the passage." },
          text: { type: "string", description: "The passage’s first words." },
          hash: { type: "string", description: "Identifies the passage." },
        },
      },
    },
    file: "top",
  }),
} as const;

export type Table = typeof TABLE;

/** The meaning of the objects in `.galley.json` that contain settings with a dot in their names. */
export const GROUPS: Readonly<Record<string, string>> = {
  holes: "How to look for missing words.",
  repeats: "How to look for repeated passages.",
};

/** Every setting with its name in the code, in the table's order. */
export const SETTINGS: readonly (readonly [string, Setting])[] = Object.entries(TABLE);

/** The settings that `.galley.json` may have: at its top, or in an override. */
export function settingsOfFile(place: "top" | "override"): readonly (readonly [string, Setting])[] {
  const shared = SETTINGS.filter(([, { file }]) => file === "top and overrides");
  if (place === "override") return shared;
  return [...shared, ...SETTINGS.filter(([, { file }]) => file === "top")];
}

/** The setting of that name; undefined if there is none. */
export function settingNamed(name: string): Setting | undefined {
  return SETTINGS.find(([, setting]) => setting.name === name)?.[1];
}

type Common<Part> = Omit<Entry, "schema"> & {
  readonly schema: Schema & { readonly default: Part };
  readonly fromEditor?: (value: unknown) => Part | undefined;
};

/** Patterns that decide which files are drafts. */
function patterns(name: string, description: string): SelectingSetting {
  const items = { type: "string", format: "glob" } as const;
  const schema = { type: "array", items, default: [], description } as const;
  return { use: "selecting", name, section: "Drafts", schema, editor: "resource", file: "top" };
}

/** A setting for which the nearest source counts. It may be set anywhere. */
function replacing<Value>(setting: Common<Value>): JudgingSetting<Value> {
  return {
    use: "judging",
    editor: "resource",
    file: "top and overrides",
    ...setting,
    default: setting.schema.default,
    combine: (_, part) => part,
  };
}

/** A list to which every source adds. */
function addingUp<Item>(setting: Common<readonly Item[]>): JudgingSetting<readonly Item[]> {
  return {
    use: "judging",
    ...setting,
    default: setting.schema.default,
    combine: (behind, part) => [...behind, ...part],
  };
}

/** Without `read`, a value is what the schema says. */
function option<Value>(
  setting: Omit<EditorOption<Value>, "use" | "editor" | "file" | "read"> &
    Partial<Pick<EditorOption<Value>, "read">>,
): EditorOption<Value> {
  return { use: "editor", editor: "resource", read: (value) => value as Value, ...setting };
}
