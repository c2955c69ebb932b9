import { expect, it } from "vitest";
import { readsAsProse } from "../../server/src/formats/reads-as-prose.ts";

const PROSE =
  "The council met on Monday. It talked about the bridge for an hour, and then it went home.\n";

it.each<[string, string, boolean]>([
  ["draft.txt", PROSE, true],
  ["draft.txt", "", true],
  ["notes/story.txt", `THE BRIDGE\n\n${PROSE}\n- one of the things it said\n`, true],
  ["requirements.txt", PROSE, false],
  ["requirements-dev.txt", "pytest==7.1\n", false],
  ["src/CMakeLists.txt", "project(x)\n", false],
  ["robots.txt", "User-agent: *\nDisallow: /\n", false],
  [
    "server.txt",
    "2024-01-01 12:00:00 INFO started the server\n2024-01-01 12:00:01 INFO done\n",
    false,
  ],
  ["names.txt", "alpha\nbeta\ngamma\ndelta\n", false],
  ["data.txt", "a,b,c,d\n1,2,3,4\n5,6,7,8\n", false],
  ["data.txt", "id\tname\tplace\n1\tBob\tRome\n", false],
])("%s %j: %s", (name, text, expected) => {
  expect(readsAsProse(text, name)).toBe(expected);
});
