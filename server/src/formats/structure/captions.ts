/** Whether a piece of source is nothing but one caption element, which belongs to what follows. */
export function isOnlyCaption(source: string): boolean {
  const text = source.trim();
  const name = /^<(summary|figcaption|caption|legend|dt|th|h[1-6])\b/i.exec(text)?.[1];
  if (name === undefined) return false;
  const end = text.toLowerCase().indexOf(`</${name.toLowerCase()}`);
  return end >= 0 && /^<\/\w+\s*>$/.test(text.slice(end));
}
