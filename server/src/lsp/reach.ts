import { acceptingPhrases, canBeAccepted } from "../engine/suppression/accept.ts";
import { dirname, isWithin, toKey, toPath } from "../project/places.ts";
import { isUntitled } from "../project/untitled.ts";
import { resolve, type Workspace } from "../project/workspace.ts";
import type { Reach } from "../protocol.ts";
import { RULES } from "../rules/index.ts";
import { CONFIG_NAME } from "../settings/config/config.ts";
import { readText } from "./files.ts";
import type { Session } from "./session.ts";
import { judgedDrafts } from "./status.ts";

/**
 * How many findings go, and in how many drafts, where a rule is switched off or a phrase accepted: in the drafts of a
 * folder, or in all. Of a phrase the drafts are read in which it may count.
 */
export async function reachOf(
  session: Session,
  what: { readonly rule: string } | { readonly phrase: string },
  folder?: string,
): Promise<Reach> {
  const isMeant = (path: string): boolean =>
    !isUntitled(path) &&
    (folder === undefined
      ? !("rule" in what && isInConfig(session.workspace, path, what.rule))
      : isWithin(path, folder) && obeys(session.workspace, path, folder));
  let [findings, drafts] = [0, 0];
  for (const draft of [...judgedDrafts(session, "all", isMeant)]) {
    const met = draft.findings.filter(({ rule }) =>
      "rule" in what ? rule === what.rule : canBeAccepted(RULES, rule),
    );
    if (met.length === 0) continue;
    let count = met.length;
    if ("phrase" in what) {
      const open = session.workspace.open.get(toPath(toKey(draft.uri)));
      const text = open?.text ?? (await readText(session, toKey(draft.uri)));
      if (text === undefined) continue;
      count = met.filter(
        (one) => acceptingPhrases({ text }, RULES, [what.phrase], one).size > 0,
      ).length;
    }
    findings += count;
    if (count > 0) drafts++;
  }
  return { findings, drafts };
}

/** Whether a draft in a folder obeys the config file there, or would if there were one: a nearer one wins whole. */
function obeys(workspace: Workspace, path: string, folder: string): boolean {
  const { configPath, extendedFiles } = resolve(workspace, path);
  const nearest = configPath === undefined ? folder : dirname(configPath);
  const isNearer = nearest !== folder && isWithin(nearest, folder);
  return !isNearer || extendedFiles.includes(`${folder}/${CONFIG_NAME}`);
}

/** Whether a config file sets a rule for a draft, which counts before the user's own settings. */
export function isInConfig(workspace: Workspace, path: string, rule: string): boolean {
  const { configPath = "" } = resolve(workspace, path);
  const { rules = {}, overrides = [] } = workspace.tree.nodes.get(configPath)?.parsed.config ?? {};
  return [rules, ...overrides.map((one) => one.rules ?? {})].some((set) => rule in set);
}
