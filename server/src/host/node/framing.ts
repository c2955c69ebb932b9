import { Transform } from "node:stream";

/** A larger message is no draft that a person writes, in bytes. */
export const LARGEST_MESSAGE = 64 * 1024 * 1024;

/** Headers are a line or two; more than so many bytes of them are none. */
const LARGEST_HEADERS = 4096;

const LINE_FEED = 10;

/**
 * Passes the bytes of a stream of messages on as they are, for as long as each message begins with
 * headers that say how long it is. At the first that does not, `refuse` is called once with the reason, in
 * words for a log, and nothing is passed on any more: where the next message would begin nobody can tell.
 */
export function checkedFraming(refuse: (reason: string) => void): Transform {
  let headers = "";
  /** How many bytes of the present message are still to come; in its headers that is 0. */
  let left = 0;
  let isRefused = false;

  /** Takes header bytes up to the end of a line, or of the chunk; gives where they end, or what is wrong. */
  const takeLine = (chunk: Buffer, from: number): number | string => {
    const feed = chunk.indexOf(LINE_FEED, from);
    const end = feed < 0 ? chunk.length : feed + 1;
    if (headers.length + end - from > LARGEST_HEADERS) return "The headers have no end.";
    headers += chunk.toString("latin1", from, end);
    const line = headers.slice(headers.lastIndexOf("\n", headers.length - 2) + 1);
    if (feed < 0) return /^(?:\r|[\w-]+(?::.*\r?)?)?$/.test(line) ? end : NO_HEADER;
    if (line !== "\r\n") return /^[\w-]+:[^\r\n]*\r\n$/.test(line) ? end : NO_HEADER;
    const length = lengthOf(headers);
    headers = "";
    if (typeof length === "string") return length;
    left = length;
    return end;
  };

  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      for (let at = 0; at < chunk.length && !isRefused;) {
        if (left > 0) {
          const taken = Math.min(left, chunk.length - at);
          left -= taken;
          at += taken;
          continue;
        }
        const end = takeLine(chunk, at);
        if (typeof end === "number") {
          at = end;
          continue;
        }
        isRefused = true;
        refuse(end);
      }
      if (isRefused) done();
      else done(null, chunk);
    },
  });
}

const NO_HEADER = "A message must begin with headers, as in “Content-Length: 12”.";

/** The length that headers give, in bytes, or what is wrong with them. */
function lengthOf(headers: string): number | string {
  const values = [...headers.matchAll(/^content-length:(.*)\r$/gim)].map(([, value = ""]) =>
    value.trim(),
  );
  const value = values.at(-1);
  if (value === undefined) return "A message has no Content-Length.";
  const length = Number(value);
  if (!/^\d+$/.test(value)) {
    return `Content-Length is no number of bytes: ${JSON.stringify(value)}.`;
  }
  if (length > LARGEST_MESSAGE) return `A message of ${value} bytes is too large.`;
  return length;
}
