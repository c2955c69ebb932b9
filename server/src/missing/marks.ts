import { TokenKind } from "../language/tokens.ts";

/** Whether a token of this kind ends a clause. */
export function isStop(kind: number): boolean {
  return (
    kind === TokenKind.period ||
    kind === TokenKind.question ||
    kind === TokenKind.exclamation ||
    kind === TokenKind.semicolon ||
    kind === TokenKind.colon
  );
}

/** Whether a token of this kind is a comma or a full stop. */
export function isMark(kind: number | undefined): boolean {
  return kind === TokenKind.comma || kind === TokenKind.period;
}

/** Whether no space belongs before a mark of this kind, which ends a clause or a part of one. */
export function isClosingMark(kind: number | undefined): boolean {
  return isMark(kind) || isStop(kind ?? 0);
}
