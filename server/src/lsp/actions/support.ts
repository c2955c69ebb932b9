/** What the client can do with an action. */
export interface ActionSupport {
  readonly documentChanges: boolean;
  readonly createFile: boolean;
  readonly snippets: boolean;
  readonly showDocument: boolean;
  readonly compare: boolean;
}
