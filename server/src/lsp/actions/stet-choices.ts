import type { Range } from "vscode-languageserver";
import type { Finding } from "../../draft/finding.ts";
import type { StetChoice } from "../../protocol.ts";
import { toKey, toPath } from "../../project/places.ts";
import { kindOfRule } from "../../rules/index.ts";
import { TABLE } from "../../settings/table.ts";
import { isolated } from "../../text/excerpt.ts";
import { positionAt } from "../../text/lines.ts";
import { say, type Wording, wording } from "../../text/wording.ts";
import { type LintedDocument, findingsAt } from "../linted.ts";
import type { Session } from "../session.ts";
import { configPlace } from "./config-places.ts";
import { editFor } from "./edits.ts";
import { kindEdit } from "./kind-edit.ts";
import { isInConfig } from "../stets.ts";
import { suppressions } from "./suppress.ts";
import { fitted } from "./menu.ts";

/** The most findings with choices: those closest to the range. */
const MAX_FINDINGS = 4;

/** The ways to suppress the findings that a range selects: for this place, this draft, this project, this user. */
export async function stetChoices(
  session: Session,
  linted: LintedDocument,
  range: Range,
): Promise<StetChoice[]> {
  const choices: StetChoice[] = [];
  const seen = new Set<string>();
  for (const finding of findingsAt(linted, range).slice(0, MAX_FINDINGS)) {
    for (const choice of await choicesFor(session, linted, finding)) {
      // The same edit turns off two findings of one rule.
      const key = JSON.stringify([choice.label, choice.detail, choice.edit, choice.setting]);
      if (!seen.has(key)) choices.push(choice);
      seen.add(key);
    }
  }
  return choices;
}

async function choicesFor(
  session: Session,
  linted: LintedDocument,
  finding: Finding,
): Promise<StetChoice[]> {
  const { workspace, client } = session;
  const { rule } = finding;
  const { uri, lines } = linted;
  const said = (words: Wording): string => say(words, client.display.translations);
  const kind = said(wording(kindOfRule(rule)));
  const about = said(wording("{0}, line {1}", kind, positionAt(lines, finding.start).line + 1));
  const toChoice = (
    label: Wording,
    detail: Wording,
    does: Pick<StetChoice, "edit" | "setting" | "reach">,
  ): StetChoice => ({
    label: isolated(fitted(said(label))),
    detail: said(detail),
    about,
    ...does,
  });
  const choices: StetChoice[] = [];
  const folder = configPlace(workspace, client.actions, uri)?.folder;
  const written = suppressions(linted, finding);
  for (const { label, detail, effect, reach } of written) {
    const edit = await editFor(session, linted, effect);
    const its = reach && { reach: { ...reach, ...(folder !== undefined && { folder }) } };
    if (edit !== undefined) choices.push(toChoice(label, detail, { edit, ...its }));
  }
  const all = await kindEdit(session, linted, kind, "stet");
  if (all !== undefined && all.count > 1) {
    const label = wording("All {0} of “{1}” in this draft", all.count, kind);
    const detail = wording("Lets each of them stand in its place. New ones are shown.");
    choices.splice(1, 0, toChoice(label, detail, { edit: all.edit }));
  }
  for (const { reach } of written) {
    if (reach === undefined || !("phrase" in reach)) continue;
    const { phrase } = reach;
    const detail = wording("Accepts these words wherever they stand, in my settings.");
    const setting = { name: TABLE.accept.name, item: phrase };
    choices.push(toChoice(wording("“{0}” for me", phrase), detail, { setting, reach }));
  }
  if (!isInConfig(workspace, toPath(toKey(uri)), rule)) {
    const detail = wording("Turns “{0}” off in my settings, for every folder.", rule);
    const setting = { name: `${TABLE.rules.name}.${rule}.severity`, value: "off" };
    choices.push(toChoice(wording("Me"), detail, { setting, reach: { rule } }));
  }
  return choices;
}
