import type { CancellationToken, Hover, HoverParams } from "vscode-languageserver";
import type { Finding } from "../../draft/finding.ts";
import { toKey, toPath } from "../../project/places.ts";
import { basename } from "../../text/path.ts";
import { COMPARE, GO_TO } from "../../protocol.ts";
import { offsetAt } from "../../text/lines.ts";
import { fixCandidates } from "../actions/fixes.ts";
import { placeCandidates } from "../actions/menu.ts";
import { hoverContent, type OtherCopy } from "../hover/content.ts";
import { type Inline, type Paragraph, toMarkdown, toPlainText } from "../hover/rich-text.ts";
import { say, wording } from "../../text/wording.ts";
import { copyPlaces, type LintedDocument, LEAST_PASSAGE } from "../linted.ts";
import { committedVersions, inTime, PATIENCE } from "../lost-words.ts";
import { lintedNow, otherDraft, textNow } from "../open-drafts.ts";
import { requestedPath, type Session } from "../session.ts";
import { MarkupKind } from "../messages.ts";
import { commandLink, toRange } from "../to-protocol.ts";

/** `textDocument/hover`: what does not fit into the message of a finding. */
export function handleHover(session: Session): void {
  session.connection.onHover(async (params, token) => {
    const path = await requestedPath(session, params.textDocument.uri, token);
    const linted = lintedNow(session, path)?.shown;
    return linted === undefined ? null : findHover(session, linted, params, token);
  });
}

const MOST = 3;

async function findHover(
  session: Session,
  linted: LintedDocument,
  { position }: HoverParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const { draft, lines, findings, document } = linted;
  const at = offsetAt(document.lines, draft.text, position);
  const touched = findings.filter(({ start, end }) => start <= at && at <= end).slice(0, MOST);
  const [first] = touched;
  if (first === undefined) return null;
  const { display, markdownHover } = session.client;
  const showsLinks = markdownHover && display.showsRules;
  const paragraphs: Paragraph[] = [];
  for (const finding of touched) {
    if (paragraphs.length > 0) paragraphs.push({ kind: "rule", of: [] });
    const fixes = fixCandidates(linted, finding, false).flatMap(({ title, effect }) =>
      "fix" in effect ? [{ title, ...effect.fix }] : [],
    );
    const other = await otherCopy(session, linted, finding);
    const whole = finding.wholeDraft === true ? finding.related?.[0]?.uri : undefined;
    const partner = whole === undefined ? undefined : otherDraft(session, whole)?.uri;
    if (partner !== undefined) {
      paragraphs.push(...(await describeInGit(session, linted.uri, partner, token)));
    }
    const links = showsLinks ? placeLinks(session, linted, finding) : [];
    paragraphs.push(...hoverContent(finding, { draft, fixes, other, display, links }));
  }
  return {
    contents: markdownHover
      ? { kind: MarkupKind.Markdown, value: toMarkdown(paragraphs) }
      : { kind: MarkupKind.PlainText, value: toPlainText(paragraphs) },
    range: toRange(lines, first),
  };
}

/** Says which of two drafts is in git, if only one is: that one was there first. Waits no longer than `PATIENCE`. */
async function describeInGit(
  session: Session,
  uri: string,
  otherUri: string,
  token: CancellationToken,
): Promise<readonly Paragraph[]> {
  let counts: readonly (number | undefined)[] = [];
  await inTime(session.host, PATIENCE, token, async () => {
    const versions = [uri, otherUri].map((one) => committedVersions(session, one));
    counts = (await Promise.all(versions)).map((all) => all?.length);
  });
  const [here, there] = counts;
  // Undefined means that git did not say.
  if (here === undefined || there === undefined || (here === 0) === (there === 0)) return [];
  const name = basename(toPath(toKey(otherUri)));
  const words =
    here === 0
      ? wording("{0} is in git, and this draft is not yet.", name)
      : wording("This draft is in git, and {0} is not yet.", name);
  return [{ kind: "text", of: [say(words, session.client.display.translations)] }];
}

/** Links that show the related place of a finding, and change nothing. */
function placeLinks(session: Session, linted: LintedDocument, finding: Finding): Inline[] {
  const { actions, display } = session.client;
  const shown = placeCandidates(linted, finding, actions, (name) => otherDraft(session, name));
  return shown.flatMap(({ title, effect }) =>
    "command" in effect && [GO_TO, COMPARE].includes(effect.command)
      ? [{ link: say(title, display.translations), href: commandLink(effect) }]
      : [],
  );
}

/** The other copy of the passage that a finding is about. */
async function otherCopy(
  session: Session,
  linted: LintedDocument,
  finding: Finding,
): Promise<OtherCopy | undefined> {
  const places = copyPlaces(linted, finding, (name) => otherDraft(session, name));
  if (places === undefined || !finding.fixes?.some(({ kind }) => kind === "repeat"))
    return undefined;
  const { related, where } = places;
  const { uri: name, start, end } = related;
  if (end - start < LEAST_PASSAGE) return undefined;
  const text = name === undefined ? linted.draft.text : await textNow(session, name);
  return text === undefined
    ? undefined
    : { place: say(where, session.client.display.translations), text: text.slice(start, end) };
}
