import { describe, expect, it } from 'vitest';
import { coloursFor } from '../../src/cli/colour.ts';

const terminal = { isTerminal: true, color: true, env: {} };

describe('colour', () => {
  it('is for a terminal', () => {
    expect(coloursFor(terminal).bold('x')).toBe('\u001B[1mx\u001B[22m');
  });

  it.each([
    ['in a pipe', { ...terminal, isTerminal: false }],
    ['in a pipe with CI set', { ...terminal, isTerminal: false, env: { CI: '1' } }],
    ['with --no-color', { ...terminal, color: false }],
    ['with NO_COLOR', { ...terminal, env: { NO_COLOR: '1' } }],
    ['on a terminal that shows none', { ...terminal, env: { TERM: 'dumb' } }],
  ])('is off %s', (_, wishes) => {
    expect(coloursFor(wishes).bold('x')).toBe('x');
  });

  it('stays on when NO_COLOR is empty, as its convention says', () => {
    expect(coloursFor({ ...terminal, env: { NO_COLOR: '' } }).bold('x')).not.toBe('x');
  });
});
