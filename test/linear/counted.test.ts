import { holdsLinear } from "./law.ts";

holdsLinear();
