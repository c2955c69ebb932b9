/** Why a file was not read. `gone` includes a broken link and a link cycle. */
export type ReadFailure =
  "gone" | "forbidden" | "folder" | "pipe" | "socket" | "device" | "too large" | "failed";

/** The message for the user. `most` is the size limit of the read, in bytes. */
export function readFailureText(unread: ReadFailure, most: number): string {
  switch (unread) {
    case "gone":
      return "It is gone.";
    case "forbidden":
      return "It may not be read by you.";
    case "folder":
      return "It is a folder.";
    case "pipe":
      return "It is a pipe, not a file.";
    case "socket":
      return "It is a socket, not a file.";
    case "device":
      return "It is a device, not a file.";
    case "too large":
      return `It is larger than ${Math.round(most / 1_000_000)} MB.`;
    case "failed":
      return "It can’t be read.";
  }
}
