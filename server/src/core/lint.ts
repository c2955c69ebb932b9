import { isEnglish } from "../language/english.ts";
import { RULES } from "../rules/index.ts";
import type { Block, Draft } from "./draft.ts";
import { holdsProse } from "./draft.ts";
import type { Finding, Report, Severity } from "./finding.ts";
import { atLeast } from "./finding.ts";
import type { BlockRule, Rule, RuleContext } from "./rule.ts";
import type { Settings } from "./settings.ts";
import { shiftedReport } from "./shift.ts";
import { suppress } from "./suppress.ts";

/** How `lint` treats a rule that throws: a finding about the rule, or, in tests, the error itself. */
export interface LintOptions {
  readonly rethrow?: boolean;
}

/**
 * Judges a draft by every rule that needs no other draft. Findings are sorted by place; offsets are
 * the draft's, in UTF-16 units. What a block gives is kept with the block, so a draft that shares
 * blocks with an earlier version is judged where it differs.
 * Throws only with `rethrow`.
 */
export function lint(draft: Draft, settings: Settings, options: LintOptions = {}): Finding[] {
  const found: Finding[] = [];
  const failed = new Set<string>();
  const context: RuleContext = settings;
  const attempt = (rule: Rule, run: () => void): void => {
    if (options.rethrow === true) {
      run();
      return;
    }
    try {
      run();
    } catch (error) {
      if (failed.has(rule.id)) return;
      failed.add(rule.id);
      found.push(failure(rule, error));
    }
  };
  for (const rule of RULES) {
    const setting = settings.rules.get(rule.id);
    if (setting === undefined || setting.severity === "off") continue;
    const severity = setting.severity;
    if (rule.scope === "block") {
      const kept = keptFor(settings, rule);
      draft.blocks.forEach((block, index) => {
        attempt(rule, () => {
          const start = draft.starts[index] ?? 0;
          for (const report of judged(kept, rule, block, settings)) {
            found.push(toFinding(rule.id, severity, shiftedReport(report, start)));
          }
        });
      });
    } else if (rule.scope === "draft") {
      attempt(rule, () => {
        for (const report of rule.check(draft, setting.options, context)) {
          found.push(toFinding(rule.id, severity, report));
        }
      });
    }
  }
  return suppress(draft, settings, found).sort(byPlace);
}

/** The order in which findings are shown. */
export function byPlace(a: Finding, b: Finding): number {
  return a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1);
}

/** Gives a report its rule's name and the severity that holds: the rule's own doubts lower it. */
export function toFinding(rule: string, set: Severity, report: Report): Finding {
  const own = report.severity ?? set;
  return { ...report, rule, severity: atLeast(own, set) ? set : own };
}

const NONE: readonly Report[] = [];
const keptBySettings = new WeakMap<Settings, Map<string, WeakMap<Block, readonly Report[]>>>();

function keptFor(settings: Settings, rule: Rule): WeakMap<Block, readonly Report[]> {
  const byRule =
    keptBySettings.get(settings) ?? new Map<string, WeakMap<Block, readonly Report[]>>();
  keptBySettings.set(settings, byRule);
  const kept = byRule.get(rule.id) ?? new WeakMap<Block, readonly Report[]>();
  byRule.set(rule.id, kept);
  return kept;
}

function judged(
  kept: WeakMap<Block, readonly Report[]>,
  rule: BlockRule,
  block: Block,
  settings: Settings,
): readonly Report[] {
  if (rule.english && !(holdsProse(block) && isEnglish(block))) return NONE;
  const before = kept.get(block);
  if (before !== undefined) return before;
  const options = settings.rules.get(rule.id)?.options ?? {};
  const reports = rule.check(block, options, settings);
  kept.set(block, reports);
  return reports;
}

function failure(rule: Rule, error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    rule: rule.id,
    severity: "information",
    start: 0,
    end: 0,
    message: `Galley's rule “${rule.id}” failed on this draft and was left out (${reason}). Everything else was checked.`,
  };
}
