import { readFileSync } from "node:fs";

/** A page's text without its blocks of code. */
export function textOfPage(page: string): string {
  return readFileSync(page, "utf8").replace(/^( *`{3,})[^]*?^\1/gm, "");
}

/** The targets of a page's links and images, those in HTML too. */
export function targetsIn(page: string): string[] {
  const text = textOfPage(page).replace(/`[^`\n]*`/g, "");
  const inMarkdown = [...text.matchAll(/\]\(([^)\s]*)/g)];
  const inHtml = [...text.matchAll(/\b(?:src|href)="([^"]*)"/g)];
  return [...inMarkdown, ...inHtml].map(([, target = ""]) => target);
}
