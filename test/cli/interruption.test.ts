import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ended, endless, folder, missed, quiet, said, start } from './tidemark.ts';

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  it('ends a long run with exit code 130 and leaves no file', async () => {
    const cwd = folder({ 'endless.yaml': endless });
    const args = ['run', 'endless.yaml', '--out', 'out', '--events', 'log.txt'];
    const child = start(args, { cwd });
    const end = ended(child);
    await said(child, 'this simulates');
    child.kill(signal);
    const { stdout, stderr, exitCode } = await end;
    expect(stderr).toContain(`tidemark: interrupted by ${signal}; nothing was written\n`);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 130 });
    expect(readdirSync(cwd).filter((name) => name !== 'out')).toEqual(['endless.yaml']);
    expect(existsSync(join(cwd, 'out')) ? readdirSync(join(cwd, 'out')) : []).toEqual([]);
  });

  it('ends a command that waits for its input', async () => {
    const child = start(['run', '-'], { input: null });
    const end = ended(child);
    // More than fits between two processes: when it is gone, the command has begun to read.
    await new Promise((resolve) => child.stdin?.write('#'.repeat(2_000_000), resolve));
    child.kill(signal);
    expect((await end).exitCode).toBe(130);
  });
});

describe('a reader that goes away', () => {
  it.each([
    ['the report', ['run', 'quiet.yaml']],
    ['the report of a run that missed its objectives', ['run', 'missed.yaml', '--strict']],
    ['a long document', ['run', 'quiet.yaml', '--json']],
    ['the help', ['--help']],
    ['the schema', ['schema']],
  ])('does not matter when it was shown %s: exit code 0', async (_, args) => {
    const cwd = folder({ 'quiet.yaml': quiet, 'missed.yaml': missed });
    const child = start(args, { cwd });
    const end = ended(child);
    child.stdout?.destroy();
    const { stderr, exitCode } = await end;
    expect(stderr).not.toContain('EPIPE');
    expect(exitCode).toBe(0);
  });
});
