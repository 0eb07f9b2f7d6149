// Reads files as they are in a version of a git repository.

import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { didYouMean } from '../../scenario/near-miss.ts';
import { UserFault } from '../faults.ts';

/** As large as a data file may be. */
const mostBytes = 64 * 1024 * 1024;

/** Files of a commit, by their paths on this machine. */
export class GitVersion {
  /** As the user named it. */
  readonly ref: string;
  readonly #root: string;
  readonly #commit: string;

  /** @throws UserFault there is no git, no repository, or no such version in it */
  constructor(ref: string) {
    this.ref = ref;
    const fault = (why: string) => new UserFault([`--against ${ref}: ${why}`]);
    if (ref === '' || ref.startsWith('-')) throw fault('is no version of a git repository');
    const root = git(['rev-parse', '--show-toplevel'], fault);
    if (root === null) {
      throw fault('this is not a git repository; --baseline FILE compares without one');
    }
    const commit = git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], fault);
    if (commit === null) throw fault(`git knows no such version${hintOn(ref, fault)}`);
    this.#root = realpathSync(root.trim());
    this.#commit = commit.trim();
  }

  /** The text of a file; null: the version has no such file, or it lies outside the repository. */
  text(path: string): string | null {
    const inside = relative(this.#root, realPath(path)).split(sep).join('/');
    if (inside.startsWith('../')) return null;
    const args = ['-C', this.#root, 'show', `${this.#commit}:${inside}`];
    return git(args, (why) => new UserFault([`--against ${this.ref}: ${why}`]));
  }
}

/** Also of a file that is there no more. */
function realPath(path: string): string {
  const place = resolve(path);
  try {
    return realpathSync(place);
  } catch {
    return dirname(place) === place ? place : join(realPath(dirname(place)), basename(place));
  }
}

type Fault = (why: string) => UserFault;

/** The near miss among branches and tags, or what a build server has forgotten. */
function hintOn(ref: string, fault: Fault): string {
  const known = git(['for-each-ref', '--format=%(refname:short)'], fault) ?? '';
  const near = didYouMean(ref, known.split('\n').filter(Boolean));
  return near === '' ? '; a shallow clone must fetch it first (fetch-depth: 0)' : near;
}

/** What git prints; null: it says no. */
function git(args: readonly string[], fault: Fault): string | null {
  const { error, status, stdout } = spawnSync('git', args, {
    encoding: 'utf8',
    maxBuffer: mostBytes,
  });
  if (error === undefined) return status === 0 ? stdout : null;
  const isMissing = 'code' in error && error.code === 'ENOENT';
  throw fault(isMissing ? 'git is not installed here' : error.message);
}
