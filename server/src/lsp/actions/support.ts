/** What the client can do with an action. */
export interface ActionSupport {
  readonly documentChanges: boolean;
  readonly createFile: boolean;
  readonly snippets: boolean;
  readonly showDocument: boolean;
  readonly compare: boolean;
  /** It asks the user how a finding is to be suppressed; the menu then has one entry for it. */
  readonly chooseStet: boolean;
  readonly showRule: boolean;
}
