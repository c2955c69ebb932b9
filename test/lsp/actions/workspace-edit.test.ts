import { expect, test } from "vitest";
import { draftEdit, fileEdit } from "../../../server/src/lsp/actions/edits.ts";
import { lineIndex } from "../../../server/src/text/lines.ts";
import { EVERYTHING, NOTHING } from "../../support/action-support.ts";

const URI = "file:///a.md";
const TARGET = { lines: lineIndex("one\ntwo\n"), version: 7 };
const EDITS = [{ start: 4, end: 7, newText: "a $b} c\\" }];

test("an existing config file is changed; a missing one is created, and never over another", () => {
  const draft = { uri: URI, ...TARGET };
  expect(fileEdit(URI, TARGET, EDITS, NOTHING)).toEqual(draftEdit(draft, EDITS, NOTHING));
  const start = { line: 0, character: 0 };
  expect(fileEdit(URI, undefined, EDITS, EVERYTHING)).toEqual({
    documentChanges: [
      { kind: "create", uri: URI, options: { overwrite: false, ignoreIfExists: false } },
      {
        textDocument: { uri: URI, version: null },
        edits: [{ range: { start, end: start }, newText: "a $b} c\\" }],
      },
    ],
  });
  expect(fileEdit(URI, undefined, EDITS, { ...EVERYTHING, createFile: false })).toBeUndefined();
  expect(
    fileEdit(URI, undefined, EDITS, { ...EVERYTHING, documentChanges: false }),
  ).toBeUndefined();
});
