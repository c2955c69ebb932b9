import { computeOnce } from "../draft/incremental/memoize.ts";
import { modelBytes } from "./model-bytes.ts";
import { readModel, type GapModel } from "./model.ts";

/**
 * Reads the model in these bytes when it is first asked for, and never again. Throws an Error in plain words where it
 * can't be read, each time the same one.
 */
export function modelIn(bytes: () => Uint8Array): () => GapModel {
  const read = computeOnce(() => {
    try {
      return readModel(bytes());
    } catch (cause) {
      return new Error(
        "what it has learned of English is damaged, or from another version: install Galley again",
        { cause },
      );
    }
  });
  return () => {
    const model = read();
    if (model instanceof Error) throw model;
    return model;
  };
}

/** The model that ships with Galley, as `modelIn`. */
export const trainedModel = modelIn(modelBytes);
