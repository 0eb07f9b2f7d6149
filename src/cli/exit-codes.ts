/** The one table of exit codes. A pipe that its reader closed early is `fine`. */
export const exitCodes = {
  fine: 0,
  objectiveMissed: 1,
  userFault: 2,
  ourFault: 3,
  undecided: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The table as the help shows it. */
export const exitCodeHelp = [
  'Exit codes:',
  '  0    fine; missed objectives too, unless --strict',
  '  1    an objective was missed (check, --strict), or a figure got worse (check)',
  '  2    something in the input or on this machine is wrong: usage, scenario, file',
  '  3    a fault in tidemark itself',
  '  4    undecided: the budget of check is spent',
  '  130  interrupted by Ctrl-C or SIGTERM',
].join('\n');
