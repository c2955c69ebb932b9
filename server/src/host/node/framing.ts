import { Transform } from "node:stream";

/** The largest message, in bytes. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/** The most bytes of headers before a message is refused. */
const MAX_HEADER_BYTES = 4096;

const LINE_FEED = 10;

/**
 * A stream that passes bytes through unchanged as long as each message begins with valid headers. At the first message
 * that does not, it calls `refuse` once with a reason for the log and passes nothing on, because it can't know where
 * the next message starts.
 */
export function checkedFraming(refuse: (reason: string) => void): Transform {
  let headers = "";
  /** Bytes of the current message's body still to come; 0 inside headers. */
  let left = 0;
  let isRefused = false;

  /** Consumes header bytes up to the end of a line or of the chunk. Returns where they end, or an error. */
  const takeLine = (chunk: Buffer, from: number): number | string => {
    const feed = chunk.indexOf(LINE_FEED, from);
    const end = feed < 0 ? chunk.length : feed + 1;
    if (headers.length + end - from > MAX_HEADER_BYTES) return "The headers have no end.";
    headers += chunk.toString("latin1", from, end);
    const line = headers.slice(headers.lastIndexOf("\n", headers.length - 2) + 1);
    if (feed < 0) return /^(?:\r|[\w-]+(?::.*\r?)?)?$/.test(line) ? end : NO_HEADER;
    if (line !== "\r\n") return /^[\w-]+:[^\r\n]*\r\n$/.test(line) ? end : NO_HEADER;
    const length = readLength(headers);
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

/** The Content-Length of headers, in bytes, or an error. */
function readLength(headers: string): number | string {
  const values = [...headers.matchAll(/^content-length:(.*)\r$/gim)].map(([, value = ""]) =>
    value.trim(),
  );
  const value = values.at(-1);
  if (value === undefined) return "A message has no Content-Length.";
  const length = Number(value);
  if (!/^\d+$/.test(value)) {
    return `Content-Length is no number of bytes: ${JSON.stringify(value)}.`;
  }
  if (length > MAX_MESSAGE_BYTES) return `A message of ${value} bytes is too large.`;
  return length;
}
