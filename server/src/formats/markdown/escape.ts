/** What is or may be a mark of Markdown, or of what site generators add to it. */
const MARKS =
  /[\\`*_{}[\]<>~$|^]|&(?=#?\w{1,40};)|=(?==)|\+(?=\+)|:(?=\/\/|[\w+-]+:|:)|(?<=www)\.|(?<=\w)@(?=\w)|^[-+#=!?%/]|(?<=^\d{1,9})[.)](?=\s|$)/gi;

/** A text of one line as Markdown that shows it as it is. A bare address would become a link in some readers. */
export function escapeMarkdown(text: string): string {
  return text.replace(MARKS, "\\$&");
}
