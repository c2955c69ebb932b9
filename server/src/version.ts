import { version } from "../../package.json";

/** The version of this Galley. */
export const VERSION: string = version;
