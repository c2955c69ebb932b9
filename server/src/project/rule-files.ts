import type { IgnoreTexts } from "./ignored.ts";
import type { Workspace } from "./workspace.ts";
import { withRules } from "./workspace.ts";

/*
 * Config files and ignore files are read by whoever comes by: a walk, an event, a draft that is opened.
 * Of two that read the same file, the one that began later has the newer text, whichever ends first: each
 * change of a file is heard of, and has it read once more.
 */

/** Who keeps the texts of config files and ignore files. */
export interface RuleStore {
  workspace: Workspace;
  readonly readOrder: ReadOrder;
}

/** Which reading each text is from. */
export interface ReadOrder {
  started: number;
  readonly readOf: Map<string, number>;
}

export function newReadOrder(): ReadOrder {
  return { started: 0, readOf: new Map() };
}

/** To be called before the first look at the files; what is read is then given to `takeRules`. */
export function startRead({ readOrder }: RuleStore): number {
  return ++readOrder.started;
}

/** Takes in texts, as `withRules` has them, but for those of which a later reading is known. */
export function applyRules(
  holder: RuleStore,
  reading: number,
  configs: ReadonlyMap<string, string | undefined>,
  ignores: ReadonlyMap<string, IgnoreTexts | undefined>,
): void {
  const newest = <Text>(kind: string, texts: ReadonlyMap<string, Text>): Map<string, Text> => {
    const { readOf } = holder.readOrder;
    return new Map(
      [...texts].filter(([place]) => {
        const name = `${kind} ${place}`;
        if ((readOf.get(name) ?? 0) > reading) return false;
        readOf.set(name, reading);
        return true;
      }),
    );
  };
  holder.workspace = withRules(
    holder.workspace,
    newest("config", configs),
    newest("ignore", ignores),
  );
}
