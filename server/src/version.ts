import { homepage, version } from "../../package.json";

/** The version of this Galley. */
export const VERSION: string = version;

/** Galley's address on the web. */
export const HOMEPAGE: string = homepage;

/** The address of a rule's page there. */
export function ruleAddress(rule: string): string {
  return `${HOMEPAGE}/blob/main/docs/rules/${rule}.md`;
}
