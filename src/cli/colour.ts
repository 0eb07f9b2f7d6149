// When the report is in colour: on a terminal that can show it, and when nobody asked for none.

import pc from 'picocolors';

type Colours = ReturnType<typeof pc.createColors>;

export interface ColourWishes {
  readonly isTerminal: boolean;
  /** False with --no-color. */
  readonly color: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/** Decides by itself, because picocolors would turn colour on when piped wherever CI is set. */
export function coloursFor({ isTerminal, color, env }: ColourWishes): Colours {
  const refused = !color || Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb';
  return pc.createColors(isTerminal && !refused);
}
