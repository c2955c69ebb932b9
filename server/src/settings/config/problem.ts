import type { Constraint } from "../json-schema.ts";
import type { Span } from "../../text/span.ts";
import type { Statement, Wording } from "../../text/wording.ts";

/** What is wrong with a config file, in plain words, and where: UTF-16 offsets of its text. */
export interface ConfigProblem {
  readonly message: Wording;
  readonly span: Span;
  /** A warning is about something that may be there elsewhere: packages that are not installed. */
  readonly severity: "error" | "warning";
  /** Nothing in the file applies. */
  readonly wholeFile: boolean;
}

/** From the file's value to a place in it. */
export type Path = readonly (string | number)[];

/** How a value differs from the schema. */
export interface Mistake {
  readonly keyword: Keyword;
  readonly path: Path;
  readonly value: unknown;
  /** What the schema wants instead, such as the minimum. */
  readonly wanted: unknown;
  /** For an invalid pattern or a useless value: why. */
  readonly why?: Statement;
  readonly span: Span;
}

export type Keyword = Constraint | "anyOf" | "glob" | "required" | "unknown" | "twice" | "useless";
