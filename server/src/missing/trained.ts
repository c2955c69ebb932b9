import packed from "../../model/gaps.json";
import { readModel, type GapModel, type PackedModel } from "./model.ts";

let model: GapModel | undefined;

/** The model that ships with Galley, unpacked when it is first asked for. */
export function trainedModel(): GapModel {
  model ??= readModel(packed as unknown as PackedModel);
  return model;
}
