import type { Range } from "vscode-languageserver";
import type { Finding } from "../../draft/finding.ts";
import type { ReachRequest, StetChoice, UserSetting } from "../../protocol.ts";
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
  const { translations } = client.display;
  const { rule } = finding;
  const place = configPlace(workspace, client.actions, linted.uri);
  const said = (words: Wording): string => say(words, translations);
  const line = positionAt(linted.lines, finding.start).line + 1;
  const about = said(wording("{0}, line {1}", wording(kindOfRule(rule)), line));
  const written = suppressions(linted, finding);
  const choices: StetChoice[] = [];
  for (const { label, detail, effect, reach } of written) {
    const edit = await editFor(session, linted, effect);
    const words = { label: isolated(fitted(said(label))), detail: said(detail), about };
    const folder = place && { folder: place.folder };
    if (edit !== undefined)
      choices.push({ ...words, edit, ...(reach && { reach: { ...reach, ...folder } }) });
  }
  choices.splice(1, 0, ...(await allOfKind(session, linted, rule, about)));
  const phrases = written.flatMap(({ reach }) =>
    reach !== undefined && "phrase" in reach ? [reach.phrase] : [],
  );
  const isSet = isInConfig(workspace, toPath(toKey(linted.uri)), rule);
  for (const { label, detail, ...does } of [
    ...phrases.map(acceptedForUser),
    ...(isSet ? [] : [offForUser(rule)]),
  ]) {
    choices.push({ label: isolated(fitted(said(label))), detail: said(detail), about, ...does });
  }
  return choices;
}

/** The choice to let all findings of a kind in the draft stand, each in its place, if there are several. */
async function allOfKind(
  session: Session,
  linted: LintedDocument,
  rule: string,
  about: string,
): Promise<StetChoice[]> {
  const { translations } = session.client.display;
  const kind = say(wording(kindOfRule(rule)), translations);
  const found = await kindEdit(session, linted, kind, "stet");
  if (found === undefined || found.count < 2) return [];
  const label = fitted(
    say(wording("All {0} of “{1}” in this draft", found.count, kind), translations),
  );
  const detail = say(
    wording("Lets each of them stand in its place. New ones are shown."),
    translations,
  );
  return [{ label, detail, about, edit: found.edit }];
}

/** A choice that changes one of the user's settings. */
interface UserChoice {
  readonly label: Wording;
  readonly detail: Wording;
  readonly setting: UserSetting;
  readonly reach: ReachRequest;
}

function acceptedForUser(phrase: string): UserChoice {
  return {
    label: wording("“{0}” for me", phrase),
    detail: wording("Accepts these words wherever they stand, in my settings."),
    setting: { name: TABLE.accept.name, item: phrase },
    reach: { phrase },
  };
}

function offForUser(rule: string): UserChoice {
  return {
    label: wording("Me"),
    detail: wording("Turns “{0}” off in my settings, for every folder.", rule),
    setting: { name: `${TABLE.rules.name}.${rule}.severity`, value: "off" },
    reach: { rule },
  };
}
