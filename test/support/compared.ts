import type { Draft } from "../../server/src/draft/draft.ts";
import type { Finding } from "../../server/src/draft/finding.ts";
import { elsewhereFindings, elsewhereSetting } from "../../server/src/project/elsewhere.ts";
import { fingerprint } from "../../server/src/repeats/fingerprints.ts";
import { RepeatIndex } from "../../server/src/repeats/index.ts";
import { type Settings, settingsFrom } from "../../server/src/settings/settings.ts";
import { draftOf } from "./rules.ts";

/** The findings from comparing some drafts, by the drafts' names. */
export function compared(
  texts: Readonly<Record<string, string>>,
  options = {},
  repeatsSensitivity: Settings["repeatsSensitivity"] = "normal",
): (name: string) => readonly Finding[] {
  const drafts = new Map(Object.entries(texts).map(([name, text]) => [name, draftOf(text)]));
  const setting = elsewhereSetting(
    settingsFrom({
      rules: { "repeated-elsewhere": { severity: "information", options } },
      repeatsSensitivity,
    }),
  );
  if (setting === undefined) throw new Error("The rule is off.");
  const index = new RepeatIndex(setting.maxDrafts);
  for (const [name, draft] of drafts) index.add(name, fingerprint(draft));
  const draftFor = (name: string): Draft | undefined => drafts.get(name);
  return (name) => elsewhereFindings(name, index, draftFor, setting, (other) => `“${other}”`);
}
