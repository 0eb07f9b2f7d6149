import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../src/scenario/draft/fact.ts';
import { withFacts } from '../../../src/scenario/draft/with-facts.ts';
import { readYaml } from '../../../src/scenario/yaml/yaml-source.ts';

const fact = (path: string, value: unknown): Fact => ({
  path: path.split('.'),
  value,
  grade: 'stated',
  note: 'a file',
});

const rest = 'duration: 1m\ntraffic: { rate: 5 }\nrequests: { query: 9ms }\n';

/** What the text says after the changes. */
function valueOf(text: string): unknown {
  const read = readYaml(text);
  if (!read.ok) throw new Error(text);
  return read.source.value;
}

describe('facts that go into a scenario', () => {
  it('leave a text alone when there are none', () => {
    const text = `${rest}service:   {}  # odd   blanks\n`;
    expect(withFacts(text, [])).toBe(text);
  });

  it('stand at the key that the pool has for a setting', () => {
    const text = `${rest}service: { pool: { profile: hikaricp, maximum-pool-size: 5 } }\n`;
    const after = withFacts(text, [fact('service.pool.maximumPoolSize', 9)]);
    expect(after).toContain('service: { pool: { profile: hikaricp, maximum-pool-size: 9 } }');
    expect(after).toContain('service.pool.maximum-pool-size: { grade: stated, note: a file }');
  });

  it('take the settings of another product away, with what was known of them, and no others', () => {
    const text = `${rest}service: { instances: 3, pool: { max: 5, order: lifo } }
provenance: { service.pool.order: stated, service.instances: derived }
`;
    const facts = [fact('service.pool.profile', 'pg-pool'), fact('service.pool.max', 9)];
    expect(valueOf(withFacts(text, facts))).toMatchObject({
      service: { instances: 3, pool: { profile: 'pg-pool', max: 9 } },
      provenance: {
        'service.instances': 'derived',
        'service.pool.profile': { grade: 'stated', note: 'a file' },
        'service.pool.max': { grade: 'stated', note: 'a file' },
      },
    });
    expect(withFacts(text, facts)).not.toContain('order');
  });

  it('keep the comment at the end of a line that becomes too long, above its parts', () => {
    const text = `${rest}service: { instances: 3, balancer: random, concurrency: 200 } # ask Ann\n`;
    const after = withFacts(text, [fact('service.queue', 1000), fact('service.pool', { max: 7 })]);
    expect(after).toContain('service:\n  # ask Ann\n  instances: 3\n');
    expect(valueOf(after)).toMatchObject({
      service: { instances: 3, queue: 1000, pool: { max: 7 } },
    });
  });
});
