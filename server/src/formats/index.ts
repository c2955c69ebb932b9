import type { Format, FormatId } from "../core/draft.ts";
import { html } from "./html.ts";
import { markdown } from "./markdown.ts";
import { plaintext } from "./plaintext.ts";

const FORMATS: Readonly<Record<FormatId, Format>> = {
  markdown,
  plaintext,
  html,
};

/** The format of that name. */
export function formatOf(id: FormatId): Format {
  return FORMATS[id];
}
