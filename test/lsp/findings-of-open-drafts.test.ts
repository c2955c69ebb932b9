import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reuseLast } from "../../server/src/draft/incremental/memoize.ts";
import {
  lintedNow,
  moveFindings,
  otherDraft,
  storedDraft,
} from "../../server/src/lsp/open-drafts.ts";
import type { ContentChange } from "../../server/src/project/document.ts";
import { runs } from "../support/property.ts";
import { scannedServices } from "../support/services.ts";

const WRONG = "The the council met on Monday.\n";
const RIGHT = "The council met on Monday.\n";

describe("findings", () => {
  test("of an open document are those of its text, and the same objects until it changes", async () => {
    const services = await scannedServices({ "a.md": RIGHT });
    const { session } = services;
    const path = services.pathTo("a.md");
    expect(lintedNow(session, path)).toBeUndefined();
    expect(otherDraft(session, "file:///none.md")).toBeUndefined();
    expect(storedDraft(session, path)?.findings).toEqual([]);
    services.open("a.md", WRONG);
    const linted = lintedNow(session, path);
    expect(linted?.all.findings.map(({ rule }) => rule)).toEqual(["repeated-word"]);
    expect(lintedNow(session, path)).toBe(linted);
    expect(linted?.shown).toBe(linted?.all);
    const changes = [{ text: RIGHT }];
    session.store.dispatch({ type: "edited", path, version: 2, changes, at: 0 });
    expect(lintedNow(session, path)?.all.findings).toEqual([]);
    session.store.dispatch({ type: "closed", path });
    expect(lintedNow(session, path)).toBeUndefined();
  });

  test("before an edit are kept where they are now, until somebody looks again", async () => {
    const { session, pathTo, open } = await scannedServices({});
    const path = pathTo("a.md");
    open("a.md", WRONG);
    lintedNow(session, path);
    const edit = (version: number, change: ContentChange): void => {
      session.store.dispatch({ type: "edited", path, version, changes: [change], at: 0 });
      const document = session.workspace.open.get(path);
      if (document !== undefined) moveFindings(session, path, document);
    };
    const start = { line: 0, character: 0 };
    for (const version of [2, 3]) edit(version, { range: { start, end: start }, text: "So. " });
    const places = session.drafts.get(path)?.shownBefore.map((one) => one.start);
    expect(places).toHaveLength(1);
    expect(places).toEqual(lintedNow(session, path)?.all.findings.map((one) => one.start));
    edit(4, { text: RIGHT });
    expect(session.drafts.get(path)?.shownBefore).toEqual([]);
  });
});

test("the last result is kept as long as each of its parts is the same", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(2), { maxLength: 3 }), { maxLength: 9 }), (all) => {
      const kept = reuseLast<readonly number[]>();
      let made = 0;
      let expected = 0;
      all.forEach((parts, at) => {
        const before = all[at - 1];
        if (before === undefined || before.join() !== parts.join()) expected++;
        const result = kept(parts, () => {
          made++;
          return parts;
        });
        expect(result).toEqual(parts);
        expect(made).toBe(expected);
      });
    }),
    runs(200),
  );
});
