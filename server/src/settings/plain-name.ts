/** A draft's or a folder's name as people write it: in a URI a few signs are escaped. */
export function plainName(path: string): string {
  if (!path.includes("%") || !/^[a-z][\w+.-]+:/i.test(path)) return path;
  return path.replace(/%(?:25|23|3F)/gi, decodeURIComponent);
}
