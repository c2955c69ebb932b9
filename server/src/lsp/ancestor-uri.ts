/** The URI of a folder above a file, cut from the file's URI so that it is spelled as the client spells it. */
export function ancestorUri(uri: string, path: string, folder: string): string {
  const steps = path.slice(folder.length).split("/").length - 1;
  let above = uri;
  for (let step = 0; step < steps; step++) above = above.slice(0, above.lastIndexOf("/"));
  return above;
}
