import { computeOnce } from "../draft/incremental/memoize.ts";
import { modelBytes, readerBytes } from "./model-bytes.ts";
import { readModel, type GapModel } from "./model.ts";
import { readReaderModel } from "./reader/model.ts";

/**
 * Reads these bytes on first use, and never again. Throws an Error in plain words if it can't, the same one each time.
 */
export function learnedFrom<T extends object>(
  bytes: () => Uint8Array,
  readFile: (file: Uint8Array) => T,
): () => T {
  const read = computeOnce(() => {
    try {
      return readFile(bytes());
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

/** The net that ships with Galley, like `learnedFrom`. */
export const trainedReader = learnedFrom(readerBytes, readReaderModel);

/** The model that ships with Galley, with the net that reads sentences, like `learnedFrom`. */
export const trainedModel = learnedFrom(modelBytes, (file): GapModel => ({
  ...readModel(file),
  reader: trainedReader,
}));
