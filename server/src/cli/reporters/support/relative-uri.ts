/** A path separated by "/", as a relative reference (RFC 3986). Its first segment is never taken for a scheme. */
export function relativeUri(path: string): string {
  return path.split("/").map(escapedSegment).join("/");
}

function escapedSegment(segment: string): string {
  // A lone surrogate has no bytes of its own.
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, "\uFFFD"));
}
