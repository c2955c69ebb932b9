import { expect, test } from "vitest";
import { findDisagreement } from "../../server/src/repeats/disagreement.ts";
import { candidatesWithin } from "../../server/src/repeats/judge.ts";
import { getSequence } from "../../server/src/repeats/sequence.ts";
import { draftOf, unmarked, withMarks } from "../support/rules.ts";

const END =
  "when the ferry came in, the harbour office said on its page late that night, and nobody of the crew has been seen on the quay or in the town since then.";

test.each([
  ["The bill for the boats was ⟦$1,200⟧", "The bill for the boats was ⟦$1,500⟧"],
  ["It was about ⟦3.5%⟧ of the boats", "It was about ⟦4.5%⟧ of the boats"],
  ["The boats were sold on ⟦3 March⟧", "The boats were sold on ⟦10 April⟧"],
  ["The mayor ⟦has⟧ sold the boats", "The mayor ⟦hasn’t⟧ sold the boats"],
  ["The mayor ⟦has⟧ sold the boats", "The mayor ⟦has not⟧ sold the boats"],
  ["They left with **⟦Anna⟧**", "They left with ⟦Berta⟧"],
])("a value is quoted as a whole: %s", (one, other) => {
  const marked = `${one} ${END}\n\nNobody was hurt.\n\n${other} ${END}\n`;
  const { text } = unmarked(marked);
  const sequence = getSequence(draftOf(text));
  const [found] = candidatesWithin(sequence, 12).map((one) => findDisagreement(one, sequence));
  expect(withMarks(text, found === undefined ? [] : [found.there, found.here])).toBe(marked);
});
