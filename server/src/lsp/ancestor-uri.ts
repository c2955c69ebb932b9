/** The URI of a folder above a file. Made from the file's own, which alone is spelled by its owner. */
export function ancestorUri(uri: string, path: string, folder: string): string {
  const steps = path.slice(folder.length).split("/").length - 1;
  let above = uri;
  for (let step = 0; step < steps; step++) above = above.slice(0, above.lastIndexOf("/"));
  return above;
}
