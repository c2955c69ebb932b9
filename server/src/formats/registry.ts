import type { Format, FormatId } from "../draft/draft.ts";
import { html } from "./html/html.ts";
import { markdown } from "./markdown/markdown.ts";
import { plaintext } from "./plaintext/plaintext.ts";

const FORMATS: Readonly<Record<FormatId, Format>> = {
  markdown,
  plaintext,
  html,
};

/** The names of all formats. */
export const FORMAT_IDS: readonly FormatId[] = Object.values(FORMATS).map(({ id }) => id);

/** The format of that name. */
export function formatOf(id: FormatId): Format {
  return FORMATS[id];
}
