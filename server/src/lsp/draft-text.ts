import { keyOf } from "../project/places.ts";
import { readText } from "./files.ts";
import type { Services } from "./services.ts";

/** The text of a draft, open or on disk. */
export async function draftText(
  { store, judgements, session }: Services,
  path: string,
): Promise<string | undefined> {
  const { open, stored } = store.state.workspace;
  if (open.has(path)) return judgements.of(path)?.document.text;
  return stored.has(path) ? readText(session, keyOf(path)) : undefined;
}
