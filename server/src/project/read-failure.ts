/** Why a file was not read. `gone` also stands for a link to nowhere, or to itself. */
export type ReadFailure =
  "gone" | "forbidden" | "folder" | "pipe" | "socket" | "device" | "too large" | "failed";

/** Why a file is not read, in plain words. `most`: the bound it was read with, in bytes. */
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
