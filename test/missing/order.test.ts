import { expect, test } from "vitest";
import { scoreAll } from "../../server/src/missing/find.ts";
import { modelBytes } from "../../server/src/missing/model-bytes.ts";
import { readModel } from "../../server/src/missing/model.ts";
import { tokenize } from "../../server/src/language/tokens.ts";

const TEXT = 'The mayor called it "a good day" and left with the ` and the \'90s band.';

test.each(['A "word" here.', "He is 6'2\" tall, ` and `.", "Words' ends' here'."])(
  "scores do not depend on what was scored before: %s",
  (before) => {
    const alone = [...scoreAll(tokenize(TEXT), readModel(modelBytes()))];
    const model = readModel(modelBytes());
    scoreAll(tokenize(before), model);
    const after = [...scoreAll(tokenize(TEXT), model)];
    const count = tokenize(TEXT).count;
    expect(after.slice(0, count)).toEqual(alone.slice(0, count));
  },
);
