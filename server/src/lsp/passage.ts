import { lineIndex, offsetAt } from "../text/lines.ts";
import type { Position } from "../text/lines.ts";
import { keyOf, pathOf } from "../project/places.ts";
import { readText, type Session } from "./session.ts";
import { judgementOf } from "./judgements.ts";

/**
 * The words of a passage, for a client that shows two side by side; null where the place is in no draft
 * that the server serves. Whoever asks can't have any other file read, whatever is handed in.
 */
export async function passageText(session: Session, place: unknown): Promise<string | null> {
  if (!isPlace(place)) return null;
  const path = pathOf(keyOf(place.uri));
  const text = await draftText(session, path);
  if (text === undefined) return null;
  const lines = lineIndex(text);
  const { start, end } = place.range;
  return text.slice(offsetAt(lines, text, start), offsetAt(lines, text, end));
}

/** The text of a draft, open or on disk. */
async function draftText(session: Session, path: string): Promise<string | undefined> {
  const { open, stored } = session.workspace;
  if (open.has(path)) return judgementOf(session, path)?.document.text;
  return stored.has(path) ? readText(session, keyOf(path)) : undefined;
}

interface Place {
  readonly uri: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

function isPlace(value: unknown): value is Place {
  const { uri, range } = fields(value);
  const { start, end } = fields(range);
  return typeof uri === "string" && isPosition(start) && isPosition(end);
}

function isPosition(value: unknown): value is Position {
  const { line, character } = fields(value);
  return [line, character].every((one) => Number.isInteger(one) && Number(one) >= 0);
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
