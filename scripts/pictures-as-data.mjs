import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * A Markdown page of `client/`, with each picture of `images/page/` as a `data:` URI; `root` is the project's folder.
 */
export function withPictures(page, root) {
  return page.replace(/(!\[[^\]]*\]\()\.\.\/(images\/page\/[\w-]+\.png)\)/g, (_, before, file) => {
    const picture = readFileSync(path.join(root, file)).toString("base64");
    return `${before}data:image/png;base64,${picture})`;
  });
}
