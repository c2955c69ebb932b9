import { expect, test } from "vitest";
import { differingWords } from "../../server/src/repeats/differing.ts";
import { draftOf, withMarks } from "../support/rules.ts";

const PASSAGE = "The mayor opened the old bridge over the river on Monday.";
const SHOPS = "Most shops on the quay will stay closed until the end of April.";

test.each([
  ["equal", PASSAGE, PASSAGE],
  ["a word", PASSAGE.replace("old", "⟦new⟧"), PASSAGE.replace("old", "⟦old⟧")],
  ["words in a row", PASSAGE.replace("old", "⟦very new⟧"), PASSAGE.replace("old", "⟦old⟧")],
  ["words on one side alone", PASSAGE.replace("old", "old ⟦and narrow⟧"), PASSAGE],
  [
    "two places",
    PASSAGE.replace("old", "⟦new⟧").replace("Monday", "⟦Friday⟧"),
    PASSAGE.replace("old", "⟦old⟧").replace("Monday", "⟦Monday⟧"),
  ],
  ["case and markup are no difference", PASSAGE.replace("old", "*Old*"), PASSAGE],
  ["in another order", `${SHOPS}\n\n${PASSAGE} ⟦Yes⟧.`, `${PASSAGE}\n\n${SHOPS} ⟦No, never⟧.`],
  ["nothing that can be aligned", "One thing.", "Another matter."],
  ["nothing", "", ""],
])("%s", (_what, here, there) => {
  const own = here.replace(/[⟦⟧]/g, "");
  const other = there.replace(/[⟦⟧]/g, "");
  const differing = differingWords(draftOf(own), draftOf(other));
  expect(withMarks(own, differing.here)).toBe(here);
  expect(withMarks(other, differing.there)).toBe(there);
});
