import { expect, test } from "vitest";
import { Form, Frame, INFINITIVE_NOUNS, verbBits } from "../../server/src/missing/verbs.ts";

const FORMS = Object.values(Form).reduce((all, one) => all | one, 0);

test("frames and forms have separate bits", () => {
  const bits = [...Object.values(Frame), ...Object.values(Form)];
  for (const bit of bits) expect(bit & (bit - 1)).toBe(0);
  expect(new Set(bits).size).toBe(bits.length);
});

test.each([
  ["destroy", Form.base],
  ["destroys", Form.third],
  ["destroyed", Form.past | Form.participle],
  ["destroying", Form.ing],
  ["deny", Form.base],
  ["denies", Form.third],
  ["denied", Form.past | Form.participle],
  ["reaches", Form.third],
  ["making", Form.ing],
  ["agreeing", Form.ing],
  ["dying", Form.ing],
  ["putting", Form.ing],
  ["occurring", Form.ing],
  ["wrote", Form.past],
  ["written", Form.participle],
  ["put", Form.base | Form.past | Form.participle],
  ["being", Form.ing],
  ["is", Form.third],
])("“%s” has the form that grammar says", (word, form) => {
  expect(verbBits(word) & FORMS).toBe(form);
});

test("every form has its verb's frames", () => {
  for (const word of ["attempt", "attempts", "attempted", "attempting"]) {
    expect(verbBits(word) & Frame.infinitive).not.toBe(0);
    expect(verbBits(word) & Frame.object).toBe(0);
  }
  for (const word of ["claim", "claims", "claimed", "claiming"]) {
    expect(verbBits(word) & Frame.that).not.toBe(0);
    expect(verbBits(word) & Frame.speech).not.toBe(0);
  }
  expect(verbBits("arrived") & Frame.alone).not.toBe(0);
  expect(verbBits("are") & Frame.complement).not.toBe(0);
});

test("a word that is not a verb has no bits", () => {
  for (const word of ["bridge-like", "the", "", "Destroy", "constructor"])
    expect(verbBits(word)).toBe(0);
});

test("an infinitive follows some nouns", () => {
  expect(INFINITIVE_NOUNS.has("attempt")).toBe(true);
  expect(INFINITIVE_NOUNS.has("bridge")).toBe(false);
});
