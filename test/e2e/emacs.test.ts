import { describe } from "vitest";
import { editorTests } from "./support/other-editor.ts";

describe("Galley in Emacs", () => {
  editorTests("emacs", (draft, fix, server) => [
    ...["--batch", "-Q", "-l", "test/e2e/emacs.el", "--"],
    ...[draft, fix, ...server],
  ]);
});
