/** The user's input or machine is wrong: one line for each thing to put right. */
export class UserFault extends Error {
  override readonly name = 'UserFault';
  readonly messages: readonly string[];
  readonly located: readonly string[];

  /**
   * @param messages what is wrong with the command line or a file
   * @param located mistakes inside a file, each beginning with its `file:line:column`
   */
  constructor(messages: readonly string[], located: readonly string[] = []) {
    super([...messages, ...located].join('\n'));
    this.messages = messages;
    this.located = located;
  }
}
