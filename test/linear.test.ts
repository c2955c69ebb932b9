import { holdsLinear } from "./linear/law.ts";

// A sample, in seconds; `npm run linear` asks for all.
holdsLinear(12);
