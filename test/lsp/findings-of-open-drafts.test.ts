import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reuseLast } from "../../server/src/draft/incremental/memoize.ts";
import {
  lintedNow,
  otherDraft,
  shownBeforeEdit,
  storedDraft,
} from "../../server/src/lsp/open-drafts.ts";
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
    session.store.dispatch({ type: "edited", path, version: 2, changes, at: 0, shown: [] });
    expect(lintedNow(session, path)?.all.findings).toEqual([]);
    session.store.dispatch({ type: "closed", path });
    expect(lintedNow(session, path)).toBeUndefined();
  });

  test("before an edit: those that were shown, or none if nobody has asked", async () => {
    const { session, pathTo, open } = await scannedServices({});
    const path = pathTo("a.md");
    open("a.md", WRONG);
    expect(shownBeforeEdit(session, path)).toEqual([]);
    lintedNow(session, path);
    expect(shownBeforeEdit(session, path)).toHaveLength(1);
    session.drafts.delete(path);
    expect(shownBeforeEdit(session, path)).toEqual([]);
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
