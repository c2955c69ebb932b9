import { keyOf, pathOf } from "../project/places.ts";
import { lineIndex, offsetAt } from "../text/lines.ts";
import { readText } from "./files.ts";
import { isPlace } from "./params.ts";
import type { Services } from "./services.ts";

/**
 * The text of a passage, for a client that shows two side by side; null where the place is in no draft that
 * the server checks. No other file is read, whatever the request names.
 */
export async function passageText(services: Services, place: unknown): Promise<string | null> {
  if (!isPlace(place)) return null;
  const path = pathOf(keyOf(place.uri));
  const text = await draftText(services, path);
  if (text === undefined) return null;
  const lines = lineIndex(text);
  const { start, end } = place.range;
  return text.slice(offsetAt(lines, text, start), offsetAt(lines, text, end));
}

/** The text of a draft, open or on disk. */
export async function draftText(
  { store, judgements, session }: Services,
  path: string,
): Promise<string | undefined> {
  const { open, stored } = store.state.workspace;
  if (open.has(path)) return judgements.of(path)?.document.text;
  return stored.has(path) ? readText(session, keyOf(path)) : undefined;
}
