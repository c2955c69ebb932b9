import { expect, test } from "vitest";
import {
  closerFollows,
  INPUT_START,
  sharedInput,
} from "../../../server/src/formats/markdown/template-closers.ts";

test("whether a closer follows doesn't depend on earlier queries", () => {
  const text = "a {% endcomment %} b */} c {% endcomment %} d";
  const closers = [/\{% endcomment %\}/, /\*\/\}/, /none/];
  const inOrder = Array.from({ length: text.length + 1 }, (_, at) => at);
  for (const places of [inOrder, [...inOrder].reverse(), [...inOrder, ...inOrder]]) {
    const input = sharedInput(text);
    for (const at of places) {
      for (const closer of closers) {
        expect(closerFollows(input, closer, INPUT_START + at), `${closer.source} ${at}`).toBe(
          text.slice(at).search(closer) >= 0,
        );
      }
    }
  }
});

test("queries in order take one pass through the text", () => {
  const input = sharedInput(`${"a ".repeat(50)}*/}`);
  let looks = 0;
  const counted = {
    ...input,
    read: (from: number, to: number) => {
      looks++;
      return input.read(from, to);
    },
  };
  for (let at = 0; at < 100; at++) closerFollows(counted, /\*\/\}/, INPUT_START + at);
  expect(looks).toBe(1);
});
