import type { Range } from "vscode-languageserver";
import type { Finding } from "../../draft/finding.ts";
import type { StetChoice, UserSetting } from "../../protocol.ts";
import { keyOf, pathOf } from "../../project/places.ts";
import { resolve, type Workspace } from "../../project/workspace.ts";
import { TABLE } from "../../settings/table.ts";
import { positionAt } from "../../text/lines.ts";
import { type Judgement, findingsAt } from "../judgement.ts";
import type { Session } from "../session.ts";
import { configPlaces, inEachPlace } from "./config-places.ts";
import { editFor } from "./edits.ts";
import { type ActionPayload, quickFix } from "./payload.ts";
import { suppressions } from "./suppress.ts";
import { fitted } from "./menu.ts";

/** The most findings that choices are given for: those closest to the range. */
const MAX_FINDINGS = 4;

/** The ways to suppress the findings that a range selects: for this place, this draft, this project, this user. */
export async function stetChoices(
  session: Session,
  judged: Judgement,
  range: Range,
): Promise<StetChoice[]> {
  const choices: StetChoice[] = [];
  const seen = new Set<string>();
  for (const finding of findingsAt(judged, range).slice(0, MAX_FINDINGS)) {
    for (const choice of await choicesFor(session, judged, finding)) {
      // Two findings of one rule are turned off by the same edit.
      const key = JSON.stringify([choice.label, choice.detail, choice.edit, choice.setting]);
      if (!seen.has(key)) choices.push(choice);
      seen.add(key);
    }
  }
  return choices;
}

async function choicesFor(
  session: Session,
  judged: Judgement,
  finding: Finding,
): Promise<StetChoice[]> {
  const { workspace, client } = session;
  const places = configPlaces(workspace, client.actions, judged.uri);
  const about = `${finding.rule}, line ${positionAt(judged.lines, finding.start).line + 1}`;
  const choices: StetChoice[] = [];
  for (const { label, detail, payload } of writtenChoices(judged, finding)) {
    for (const one of inEachPlace(quickFix(finding, fitted(label), payload), places)) {
      const edit = await editFor(session, judged, one.payload);
      if (edit !== undefined) choices.push({ label: one.title, detail, about, edit });
    }
  }
  for (const choice of userChoices(workspace, judged, finding))
    choices.push({ ...choice, label: fitted(choice.label), about });
  return choices;
}

interface Written {
  readonly label: string;
  readonly detail: string;
  readonly payload: ActionPayload;
}

/** What is written into the draft or a config file. */
function writtenChoices(judged: Judgement, finding: Finding): Written[] {
  const { rule } = finding;
  const written = suppressions(judged, finding).map(({ scope, payload }): Written => {
    const isComment = payload.type === "edits";
    switch (scope) {
      case "passage":
        return {
          label: "This place",
          detail: isComment
            ? "Puts a comment before the paragraph."
            : "Marks the passage in .galley.json, by its words.",
          payload,
        };
      case "phrase":
        return {
          label: payload.type === "accept" ? `“${payload.phrase}” in this project` : "",
          detail: "Accepts these words wherever they stand, in .galley.json.",
          payload,
        };
      case "draft":
        return {
          label: "This draft",
          detail: `Turns “${rule}” off here, ${isComment ? "by a comment at the top" : "in .galley.json"}.`,
          payload,
        };
    }
  });
  const project: Written = {
    label: "This project",
    detail: `Turns “${rule}” off for every draft, in .galley.json.`,
    payload: { type: "switch-off", rule },
  };
  return [...written, project];
}

/** What is written into the user's own settings; no rule that a config file sets, which counts before them. */
function userChoices(
  workspace: Workspace,
  judged: Judgement,
  finding: Finding,
): { readonly label: string; readonly detail: string; readonly setting: UserSetting }[] {
  const { rule } = finding;
  const { configPath } = resolve(workspace, pathOf(keyOf(judged.uri)));
  const config =
    configPath === undefined ? undefined : workspace.tree.nodes.get(configPath)?.config;
  const { rules = {}, overrides = [] } = config ?? {};
  const isSet = [rules, ...overrides.map((one) => one.rules ?? {})].some(
    (set) => set[rule] !== undefined,
  );
  const phrases = suppressions(judged, finding).flatMap(({ payload }) =>
    payload.type === "accept" ? [payload.phrase] : [],
  );
  const accepted = phrases.map((phrase) => ({
    label: `“${phrase}” for me`,
    detail: "Accepts these words wherever they stand, in my settings.",
    setting: { name: TABLE.accept.name, item: phrase },
  }));
  const off = {
    label: "Me",
    detail: `Turns “${rule}” off in my settings, for every folder.`,
    setting: { name: `${TABLE.rules.name}.${rule}.severity`, value: "off" },
  };
  return isSet ? accepted : [...accepted, off];
}
