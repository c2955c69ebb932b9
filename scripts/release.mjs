import { readFileSync } from "node:fs";
import path from "node:path";

/** Ends the process if the project's address is a placeholder, because a release would lead nowhere. */
export function refusePlaceholder() {
  const file = path.join(path.dirname(import.meta.dirname), "package.json");
  const { homepage } = JSON.parse(readFileSync(file, "utf8"));
  if (!homepage.includes("/OWNER/")) return;
  console.error(
    `“homepage” in package.json is still the placeholder ${homepage}: put the repository’s own address there, run npm run generate, and commit what it writes.`,
  );
  process.exit(1);
}
