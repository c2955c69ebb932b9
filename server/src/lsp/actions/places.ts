import type { Finding, Related } from "../../draft/finding.ts";
import { COMPARE, GO_TO } from "../../protocol.ts";
import type { Lines } from "../../text/lines.ts";
import type { Place } from "../message-gate.ts";
import { toRange } from "../to-protocol.ts";
import type { JudgedDraft, OtherDraft } from "../judgement.ts";
import { type ActionCandidate, commandAction } from "./payload.ts";
import type { ActionSupport } from "../client.ts";

/** A finding's place and its related one, for a client to show. */
export interface CopyPlaces {
  readonly here: Place;
  readonly there: Place;
  readonly related: Related;
  /** Those of the draft of the related place. */
  readonly lines: Lines;
  /** Both are long enough that it helps to see them side by side: no word, no bracket. */
  readonly isPassage: boolean;
}

/** The places of a finding that speaks of another place, in a draft that exists. */
export function copyPlaces(
  judged: JudgedDraft,
  finding: Finding,
  other: (name: string) => OtherDraft | undefined,
): CopyPlaces | undefined {
  const related = finding.related?.[0];
  if (related === undefined) return undefined;
  const target = related.uri === undefined ? judged : other(related.uri);
  if (target === undefined) return undefined;
  return {
    here: { uri: judged.uri, range: toRange(judged.lines, finding) },
    there: { uri: target.uri, range: toRange(target.lines, related) },
    related,
    lines: target.lines,
    isPassage: Math.min(related.end - related.start, finding.end - finding.start) >= LEAST_PASSAGE,
  };
}

const LEAST_PASSAGE = 40;

/** The actions that show the related place of a finding. */
export function placeCandidates(
  judged: JudgedDraft,
  finding: Finding,
  support: ActionSupport,
  other: (name: string) => OtherDraft | undefined,
): ActionCandidate[] {
  const places = copyPlaces(judged, finding, other);
  if (places === undefined) return [];
  const { here, there, isPassage } = places;
  return [
    ...(support.showDocument ? [commandAction(finding, "Go to the other", GO_TO, there)] : []),
    ...(support.compare && isPassage
      ? [commandAction(finding, "Open both side by side", COMPARE, there, here)]
      : []),
  ];
}
