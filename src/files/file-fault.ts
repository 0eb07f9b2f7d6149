import { UserFault } from './user-fault.ts';

/** What the codes of the operating system mean for somebody who named a file. */
const meanings: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'there is a file of that name, where a folder is wanted',
  EISDIR: 'it is a folder',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'your quota of the disk is used up',
  EFBIG: 'the file would become too large',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'the symbolic links go round in a circle',
  EMFILE: 'too many files are open',
  ENXIO: 'the device is not there',
};

/** A failed file operation as the user's fault: `cannot write out/x.txt: no space is left on the disk`. */
export function fileFault(
  error: unknown,
  verb: 'read' | 'write' | 'create',
  path: string,
): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  return new UserFault([`cannot ${verb} ${path}: ${meanings[code] ?? error.message} (${code})`]);
}
