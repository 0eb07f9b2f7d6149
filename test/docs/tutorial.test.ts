// The tutorial is executed: every command of the page, in its order, in a copy of its folder. The page's
// outputs are golden, written by `npm run samples`; that they are right is for the laws to say.

import { afterAll, describe, expect, it } from 'vitest';
import { isNightly } from '../support/nightly.ts';
import { open, tutorial } from './pages.ts';

const { commands, run, close } = open(tutorial);

afterAll(close);

/** It takes a minute of two processors. */
const isLong = (command: string): boolean => command.startsWith('tidemark size');

describe('the tutorial', () => {
  it('shows how files and answers become a scenario, and a scenario a size', () => {
    const named = commands.map(({ command }) => /^\w+(?: \w+)?/.exec(command)?.[0]);
    for (const name of ['tidemark review', 'tidemark init', 'tidemark run', 'tidemark size']) {
      expect(named).toContain(name);
    }
  });

  it.each(commands)('prints what the page says: $command', ({ command, output }) => {
    if (isLong(command) && !isNightly) return;
    expect(run(command)).toBe(output);
  });
});
