import { expect, test } from "vitest";
import {
  closerFollows,
  firstAlteredByClosers,
  sharedInput,
} from "../../../server/src/formats/markdown/template-closers.ts";
import { difference } from "../../../server/src/formats/support/difference.ts";

test("a closer follows or not, whatever was asked before and in whatever order", () => {
  const text = "a {% endcomment %} b */} c {% endcomment %} d";
  const closers = [/\{% endcomment %\}/, /\*\/\}/, /none/];
  const inOrder = Array.from({ length: text.length + 1 }, (_, at) => at);
  for (const places of [inOrder, [...inOrder].reverse(), [...inOrder, ...inOrder]]) {
    const input = sharedInput(text);
    for (const at of places) {
      for (const closer of closers) {
        expect(closerFollows(input, closer, at), `${closer.source} ${at}`).toBe(
          text.slice(at).search(closer) >= 0,
        );
      }
    }
  }
});

test("places that come in order cost one look through the text", () => {
  const input = sharedInput(`${"a ".repeat(50)}*/}`);
  let looks = 0;
  const counted = {
    ...input,
    read: (from: number, to: number) => {
      looks++;
      return input.read(from, to);
    },
  };
  for (let at = 0; at < 100; at++) closerFollows(counted, /\*\/\}/, at);
  expect(looks).toBe(1);
});

test.each<[what: string, before: string, after: string, first: string | undefined]>([
  ["the last closer is taken away", "a\n{/* b\nc\n*/}\nd", "a\n{/* b\nc\n\nd", "{/* b"],
  ["a first closer is added", "a\n{/* b\nc\n\nd", "a\n{/* b\nc\n*/}\nd", "{/* b"],
  ["another closer follows", "a\n{/* b\nc\n*/}\nd */}", "a\n{/* b\nc\n\nd */}", undefined],
  ["another closer is before", "{/* a */}\n{/* b\n*/}", "{/* a */}\n{/* b\n", "{/* b"],
  ["nothing is open", "a\nb\n*/}", "a\nb\n", undefined],
  ["no closer is in the change", "{/* a\nb", "{/* a\nbc", undefined],
  ["one of another kind", "{/* a\n{:/}", "{/* a\n", undefined],
  ["of a tag", "{% comment %}\n{% endcomment %}", "{% comment %}\n{% endcomment", "{% comment %}"],
  // One on the changed line is read again anyway.
  ["both on one line", "{/* a */}", "{/* a */", undefined],
])("%s", (_what, before, after, first) => {
  const at = firstAlteredByClosers(before, after, difference(before, after, 0, 0));
  expect(at).toBe(first === undefined ? Infinity : before.lastIndexOf(first));
});
