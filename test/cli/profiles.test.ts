import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../src/scenario/profiles.ts';
import { folder, quiet, tidemark } from './tidemark.ts';

describe('tidemark profiles', () => {
  it('lists every pool on a line of its own', async () => {
    const { stdout, stderr, exitCode } = await tidemark(['profiles']);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    const [head, ...lines] = stdout.split('\n');
    expect(head).toMatch(/^Profile +Home +Max +Waits +Next +Newcomer +Opens$/);
    const ids = lines.slice(0, lines.indexOf('')).map((line) => line.split(' ')[0]);
    expect(ids).toEqual(['generic', ...PROFILES.map(({ id }) => id)]);
  });

  it('explains one, by any of its names', async () => {
    const { stdout, exitCode } = await tidemark(['profiles', 'hikari']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^HikariCP: Java/);
    for (const part of ['maximumPoolSize', '30000 ms', 'How it works', 'Traps']) {
      expect(stdout).toContain(part);
    }
    expect(await tidemark(['profiles', 'hikaricp'])).toMatchObject({ stdout });
  });

  it('says the same as one JSON document with --json', async () => {
    const list = await tidemark(['profiles', '--json']);
    const all = JSON.parse(list.stdout) as { format: number; profiles: { id: string }[] };
    expect(all.format).toBe(1);
    expect(all.profiles).toHaveLength(1 + PROFILES.length);
    const one = await tidemark(['profiles', 'database-sql', '--json']);
    expect(JSON.parse(one.stdout)).toMatchObject({
      format: 1,
      id: 'database-sql',
      max: null,
      order: 'random',
      errors: { 'acquire-timeout': 'context deadline exceeded' },
    });
  });

  it('refuses a name that there is not, with the one that was meant', async () => {
    const { stdout, stderr, exitCode } = await tidemark(['profiles', 'hikarcp']);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toBe(
      'tidemark: hikarcp: there is no profile of that name; did you mean hikaricp?\n',
    );
    const first = await tidemark(['profiles', 'pg']);
    expect(first.stderr).toMatch(/; did you mean pg-pool\?\n$/);
    const several = await tidemark(['profiles', 'SQL']);
    expect(several.stderr).toMatch(/; there are vertx-sql, mysql2, database-sql, sqlalchemy, /);
    const other = await tidemark(['profiles', 'what-is-this']);
    expect(other.stderr).toContain('tidemark profiles lists all');
  });
});

describe('a scenario with a real pool', () => {
  it('runs with its own names, changed by --set under the neutral one', async () => {
    const text = quiet.replace('{ max: 10 }', '{ profile: hikaricp, maximumPoolSize: 4 }');
    const cwd = folder({ 'x.yaml': text });
    const args = ['run', 'x.yaml', '--json', '--set', 'service.pool.max=6'];
    const { stdout, exitCode } = await tidemark(args, { cwd });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ pool: { max: 6 } });
  });
});
