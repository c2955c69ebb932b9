/* Paths and URIs, whose parts are separated by "/". */

/** The path of the parent folder; "" if there is none. */
export function dirname(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

export function basename(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A path, or part of one, without the few escapes it has if it is a URI (`toPath` in `project/places.ts`). */
export function plainPath(path: string): string {
  return path.includes("%") ? path.replace(/%(?:25|23|3F)/gi, decodeURIComponent) : path;
}
