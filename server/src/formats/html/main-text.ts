import { tokenize } from "../support/tags.ts";
import { templatesIn, withoutTemplates } from "./html.ts";

/** What surrounds the text of a page: its menus, its name. */
const AROUND = new Set(["nav", "header", "aside", "footer"]);

const BEGINS = /^(?:main|article|h1)$/;

/**
 * Where the main text of a page begins, in UTF-16 units: at its `main`, at its first `article` or `h1` outside such
 * surroundings, or else at the start of the page.
 */
export function mainTextStart(text: string): number {
  const starts = new Map<string, number>();
  let depth = 0;
  tokenize(withoutTemplates(text, templatesIn(text)), {
    tag: ({ start, name, closes, selfCloses }) => {
      if (selfCloses) return;
      if (AROUND.has(name)) depth = Math.max(0, depth + (closes ? -1 : 1));
      else if (!closes && BEGINS.test(name) && !starts.has(name)) {
        if (name !== "h1" || depth === 0) starts.set(name, start);
      }
    },
  });
  const [article = Infinity, heading = Infinity] = [starts.get("article"), starts.get("h1")];
  const first = Math.min(article, heading);
  return starts.get("main") ?? (first === Infinity ? 0 : first);
}
