import { expect, test } from "vitest";
import { heldBackByCaret, heldBackByEdit } from "../../server/src/lsp/held-back-state.ts";
import type { HeldBack } from "../../server/src/lsp/held-back.ts";
import { newServices } from "../support/services.ts";

const TEXT = "One is here.\n\nTwo is there.\n";

/** The state while the second paragraph is held, and what the caret makes of it. */
function desk() {
  const services = newServices({});
  services.open("a.md", TEXT);
  const path = services.pathTo("a.md");
  const heldBack: HeldBack = { path, caret: TEXT.indexOf("Two"), shown: [], until: 100 };
  const state = { ...services.store.state, heldBack };
  const caret = (
    line: number | undefined,
    {
      version = 1,
      in: at = path,
    }: { readonly version?: number | undefined; readonly in?: string } = {},
  ): HeldBack | undefined =>
    heldBackByCaret(state, {
      type: "caret-moved",
      path: at,
      version,
      position: line === undefined ? undefined : { line, character: 2 },
    });
  return { state, heldBack, caret, path };
}

test("while the caret stays in the paragraph it is held, and no longer", () => {
  const { heldBack, caret } = desk();
  expect(caret(2)).toBe(heldBack);
  expect(caret(0)).toBeUndefined();
  expect(caret(undefined)).toBeUndefined();
});

test("of another version the caret says nothing", () => {
  const { heldBack, caret } = desk();
  expect(caret(0, { version: 2 })).toBe(heldBack);
});

test("in another document it ends what is held, unless it is in none", () => {
  const { heldBack, caret } = desk();
  expect(caret(0, { in: "file:///b.md" })).toBeUndefined();
  expect(caret(undefined, { in: "file:///b.md" })).toBe(heldBack);
});

test("an edit without a change, or of a client that is not held back for, holds nothing new", () => {
  const { state, heldBack, path } = desk();
  const document = state.workspace.open.get(path);
  if (document === undefined) throw new Error("not open");
  const edit = { type: "edited", path, version: 2, at: 0, shown: [] } as const;
  expect(heldBackByEdit(state, { ...edit, changes: [] }, document)).toBe(heldBack);
  // Where the whole text was replaced nothing tells where the caret is.
  expect(heldBackByEdit(state, { ...edit, changes: [{ text: "x" }] }, document)).toBeUndefined();
});
