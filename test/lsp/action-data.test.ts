import fc from "fast-check";
import { expect, test } from "vitest";
import { type ActionData, isActionData } from "../../server/src/lsp/actions/payload.ts";
import { connect } from "../support/for-one-test.ts";
import { runs } from "../support/property.ts";
import { spoiled } from "../support/spoiled.ts";
import { wording } from "../../server/src/text/wording.ts";

/* The data of a code action comes back as the client wants it. */

const TEXT = "The stalls open at the the market square at nine.\n";
const URI = "untitled:draft";
const edits = [{ start: 19, end: 23, newText: "" }];

const PAYLOADS: readonly ActionData["payload"][] = [
  {
    type: "fix",
    fix: { title: wording("A fix"), safe: true, edits, stops: [{ start: 0, end: 0 }] },
  },
  { type: "edits", edits },
  { type: "stet", entry: { rule: "repeated-word", text: "the", hash: "0" }, folder: "file:///a" },
  { type: "accept", phrase: "the the" },
  { type: "turn-off", rule: "repeated-word" },
  { type: "switch-off", rule: "repeated-word" },
  { type: "include", pattern: "**/*.html" },
];

/** Values that replace another. */
const WRONG = [null, undefined, 7, -1, 0.5, true, "x", [], {}, [null], { type: "fix" }];

test("data that is sent is recognised when it comes back", () => {
  for (const payload of PAYLOADS) {
    expect(isActionData({ uri: URI, version: 1, payload })).toBe(true);
    expect(isActionData(JSON.parse(JSON.stringify({ uri: URI, version: 1, payload })))).toBe(true);
  }
});

test("whatever comes back, the check only answers", () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (data, payload) => {
      expect(isActionData(data)).toBe(false);
      expect(isActionData({ uri: URI, version: 1, payload })).toBe(false);
    }),
    runs(300),
  );
});

test("an action with damaged data is returned unchanged or refused, and does no harm", async () => {
  const client = await connect();
  await client.open(URI, TEXT);
  for (const payload of PAYLOADS) {
    for (const data of spoiled({ uri: URI, version: 1, payload }, WRONG)) {
      const action = { title: "An action", data };
      const answer = await client.resolve(action as never).catch((error: unknown) => error);
      // −32801: ContentModified, for a version that doesn't exist.
      const isFine = (answer as { code?: unknown }).code === -32801 || "title" in Object(answer);
      expect([data, isFine]).toEqual([data, true]);
    }
  }
  expect(await client.diagnostics(URI)).toHaveLength(1);
});
