import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../../..");
export const SAMPLES = join(ROOT, "samples");

/** Screenshots and logs; ignored by git. */
export const OUT = join(ROOT, "test/e2e/out");

/** A folder of its own for one test file, and the way to be rid of it. */
export interface Scratch {
  readonly folder: string;
  remove(): void;
}

export function scratch(name: string): Scratch {
  const folder = mkdtempSync(join(tmpdir(), `galley-${name}-`));
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Copies the sample drafts, so that no test writes into the checkout. */
export function copySamples(to: string): string {
  cpSync(SAMPLES, to, { recursive: true });
  return to;
}

/** The packaged extension; GALLEY_E2E_VSIX names another. */
export function vsix(): string {
  const named = process.env["GALLEY_E2E_VSIX"];
  if (named !== undefined) return named;
  const found = readdirSync(ROOT).filter((name) => /^galley-.*\.vsix$/.test(name));
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(`Expected one galley-VERSION.vsix, not ${found.length}: npm run package`);
  }
  return join(ROOT, only);
}

/** The extension's folder, as it is loaded while developing; GALLEY_E2E_EXTENSION names another. */
export function extensionFolder(): string {
  return process.env["GALLEY_E2E_EXTENSION"] ?? ROOT;
}
