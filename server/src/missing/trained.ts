import { computeOnce } from "../draft/incremental/memoize.ts";
import packed from "../../model/gaps.json";
import { readModel, type GapModel, type PackedModel } from "./model.ts";

/** The model that ships with Galley, unpacked when it is first asked for. */
export const trainedModel = computeOnce((): GapModel =>
  readModel(packed as unknown as PackedModel),
);
