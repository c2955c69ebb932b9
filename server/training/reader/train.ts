import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readModel, type GapModel } from "../../src/missing/model.ts";
import { unpack } from "../../src/missing/model-bytes.ts";
import { readReaderModel } from "../../src/missing/reader/model.ts";
import { calibrate } from "../calibrate.ts";
import { modelFile, packedFile } from "../pack.ts";
import { exportText, type ExportOptions } from "./export.ts";

/** The models of the regression and the net, as they are in the repository. */
export const GAPS = "server/model/gaps.json";
export const READER = "server/model/reader.json";

export interface ReaderTraining extends Pick<ExportOptions, "seed" | "passes" | "limit" | "log"> {
  /** The folder for the damaged text, 630 MB for each pass, and for the net in PyTorch's form, `net.pt`. */
  readonly data: string;
  /** A net from which training continues, with its `words.json` beside it. */
  readonly from?: string | undefined;
  /** A Python with torch and numpy. */
  readonly python: string;
  /** More arguments of `train.py`: `--minutes`, `--rate`. */
  readonly more: readonly string[];
}

/**
 * From a corpus to the text of `server/model/reader.json`, in `out`.
 * @throws Error if the corpus has no text, or Python fails.
 */
export async function trainReader(
  corpus: string,
  out: string,
  { data, from, python, more, ...options }: ReaderTraining,
): Promise<void> {
  run(python, "-c", "import numpy, torch");
  const words =
    from === undefined
      ? {}
      : { words: JSON.parse(readFileSync(join(dirname(from), "words.json"), "utf8")) as string[] };
  const { vocabulary } = storedModel();
  await exportText(corpus, data, { ...options, ...words, vocabulary });
  const net = join(data, "net.pt");
  const source = from === undefined ? [] : ["--from", from];
  const { seed, passes } = options;
  const numbers = ["--passes", String(passes), "--seed", String(seed)];
  run(python, join(import.meta.dirname, "train.py"), data, net, ...numbers, ...source, ...more);
  run(python, join(import.meta.dirname, "pack.py"), net, join(data, "words.json"), out);
}

function run(python: string, ...args: readonly string[]): void {
  const { error, status } = spawnSync(python, args, { stdio: "inherit" });
  if (error !== undefined || status !== 0)
    throw new Error(`“${python} ${args.join(" ")}” failed; --python names one that has torch.`);
}

/** The text of `GAPS` with thresholds set on the scores of it and the net in the file `reader` together. */
export function withThresholds(corpus: string, reader: string): string {
  const net = readReaderModel(unpackFile(reader));
  const model = storedModel();
  return packedFile(modelFile({ ...model, ...calibrate(corpus, { ...model, reader: () => net }) }));
}

function storedModel(): GapModel {
  return readModel(unpackFile(GAPS));
}

function unpackFile(path: string): Uint8Array {
  return unpack(JSON.parse(readFileSync(path, "utf8")) as { gzip: string });
}
