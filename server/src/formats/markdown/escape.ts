/** What is or may be markup in Markdown or in what site generators add to it. */
const MARKS =
  /[\\`*_{}[\]<>~$|^]|&(?=#?\w{1,40};)|=(?==)|\+(?=\+)|:(?=\/\/|[\w+-]+:|:)|(?<=www)\.|(?<=\w)@(?=\w)|^[-+#=!?%/]|(?<=^\d{1,9})[.)](?=\s|$)/gi;

/** A text of one line, as Markdown that shows it unchanged. Some readers would make a link of a bare address. */
export function escapeMarkdown(text: string): string {
  return text.replace(MARKS, "\\$&");
}
