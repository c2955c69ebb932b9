import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../../..");

/** Screenshots; ignored by git. */
export const OUT = join(ROOT, "test/e2e/out");

/** A folder for one test file, with a function that deletes it. */
export interface Scratch {
  readonly folder: string;
  readonly remove: () => void;
}

export function scratch(name: string): Scratch {
  const folder = mkdtempSync(join(tmpdir(), `galley-${name}-`));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { folder, remove };
}

/** Copies the sample drafts, so that no test writes to the checkout. */
export function copySamples(to: string): string {
  cpSync(join(ROOT, "samples"), to, { recursive: true });
  return to;
}

/** The packaged extension. */
export function vsix(): string {
  const [only, ...others] = readdirSync(ROOT).filter((name) => /^galley-.*\.vsix$/.test(name));
  if (only === undefined || others.length > 0) {
    throw new Error("Expected one galley-VERSION.vsix: npm run package");
  }
  return join(ROOT, only);
}
