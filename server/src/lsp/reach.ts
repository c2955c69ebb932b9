import { acceptingPhrases, canBeAccepted } from "../engine/suppression/accept.ts";
import { isWithin, toKey, toPath } from "../project/places.ts";
import { dirname } from "../text/path.ts";
import { isUntitled } from "../project/untitled.ts";
import { resolve, type Workspace } from "../project/workspace.ts";
import type { Reach, ReachRequest } from "../protocol.ts";
import { RULES } from "../rules/index.ts";
import { CONFIG_NAME } from "../settings/config/config.ts";
import { textNow } from "./open-drafts.ts";
import type { Session } from "./session.ts";
import { lintedDrafts } from "./status.ts";

/** How many drafts are read at a time. */
const AT_ONCE = 50;

/** How many findings will go, and in how many drafts. For a phrase, reads the drafts in which it may count. */
export async function countReach(session: Session, what: ReachRequest): Promise<Reach> {
  const { folder } = what;
  const isMeant = (path: string): boolean =>
    !isUntitled(path) &&
    (folder === undefined
      ? !("rule" in what && isInConfig(session.workspace, path, what.rule))
      : isWithin(path, folder) && obeys(session.workspace, path, folder));
  const drafts = [...lintedDrafts(session, "all", isMeant)].flatMap(({ uri, findings }) => {
    const met = findings.filter(({ rule }) =>
      "rule" in what ? rule === what.rule : canBeAccepted(RULES, rule),
    );
    return met.length === 0 ? [] : [{ uri, met }];
  });
  const count = async ({ uri, met }: (typeof drafts)[number]): Promise<number> => {
    if ("rule" in what) return met.length;
    const text = await textNow(session, toPath(toKey(uri)));
    if (text === undefined) return 0;
    return met.filter((one) => acceptingPhrases({ text }, RULES, [what.phrase], one).size > 0)
      .length;
  };
  const counts: number[] = [];
  for (let at = 0; at < drafts.length; at += AT_ONCE) {
    counts.push(...(await Promise.all(drafts.slice(at, at + AT_ONCE).map(count))));
  }
  const findings = counts.reduce((sum, one) => sum + one, 0);
  return { findings, drafts: counts.filter((one) => one > 0).length };
}

/** Whether a draft in a folder follows the config file there, or would if it existed. A nearer file replaces it. */
function obeys(workspace: Workspace, path: string, folder: string): boolean {
  const { configPath, extendedFiles } = resolve(workspace, path);
  const nearest = configPath === undefined ? folder : dirname(configPath);
  const isNearer = nearest !== folder && isWithin(nearest, folder);
  return !isNearer || extendedFiles.includes(`${folder}/${CONFIG_NAME}`);
}

/** Whether a config file sets a rule for a draft, which overrides the user's own settings. */
export function isInConfig(workspace: Workspace, path: string, rule: string): boolean {
  const { configPath = "" } = resolve(workspace, path);
  const { rules = {}, overrides = [] } = workspace.tree.nodes.get(configPath)?.parsed.config ?? {};
  return [rules, ...overrides.map((one) => one.rules ?? {})].some((set) => rule in set);
}
