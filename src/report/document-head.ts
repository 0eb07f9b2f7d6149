/** How the document of every question about one scenario begins. */
import type { Scenario } from '../scenario/scenario.ts';

export function documentHead(
  command: string,
  { name, title, hash, seed }: Pick<Scenario, 'name' | 'title' | 'hash' | 'seed'>,
): object {
  return { format: 1, command, scenario: { name, title, hash }, seed };
}
