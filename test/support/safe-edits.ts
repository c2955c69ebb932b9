import { safeFixes } from "../../server/src/engine/fix.ts";
import type { Edit } from "../../server/src/text/edits.ts";

/** The edits of the fixes that may be made without being chosen. */
export function safeEdits(...given: Parameters<typeof safeFixes>): Edit[] {
  return safeFixes(...given).flatMap(({ edits }) => edits);
}
