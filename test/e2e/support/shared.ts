import { beforeAll, beforeEach } from "vitest";
import { screenshot } from "./browser.ts";
import type { Scratch } from "./files.ts";
import type { Workbench } from "./workbench.ts";

/** An editor that can be closed. */
interface Closable extends Workbench {
  close(): Promise<void>;
}

/**
 * The editor that all tests of one `describe` share, in which it is called: opened before the first of
 * them, and closed after the last, when its folder goes too. Of a test that fails a picture is kept.
 */
export function shared<Editor extends Closable>(
  home: Scratch,
  open: () => Promise<Editor>,
): Editor {
  let editor: Editor | undefined;

  beforeAll(async () => {
    const opened = await open();
    editor = opened;
    return async () => {
      await opened.close();
      home.remove();
    };
  });

  beforeEach(({ onTestFailed, task }) => {
    onTestFailed(async () => {
      if (editor !== undefined) await screenshot(editor.page, `failed ${task.name}`);
    });
  });

  // Tests are written before there is an editor, and look at it when they run.
  return new Proxy({} as Editor, {
    get: (_, name) => (editor === undefined ? undefined : (Reflect.get(editor, name) as unknown)),
  });
}
