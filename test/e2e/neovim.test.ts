import { describe } from "vitest";
import { editorTests } from "./support/other-editor.ts";

describe("Galley in Neovim", () => {
  editorTests("nvim", (draft, fix, server) => [
    ...["--headless", "--clean", "-l", "test/e2e/neovim.lua"],
    ...[draft, fix, ...server],
  ]);
});
