/** What clients do, from a file's words to settings. */
import type { z } from 'zod';
import type { ClientSettings } from '../model/client/settings.ts';
import type { clientSchema } from './client-schema.ts';
import type { Files } from './files.ts';
import { resolveLaw } from './law-schema.ts';

/** Settings of a client that passed all checks. */
export function resolveClient(
  written: z.output<typeof clientSchema>,
  files: Files,
): ClientSettings {
  const { timeout, patience, cancel, retry } = written;
  return {
    timeoutNs: timeout,
    patience: patience === Infinity ? null : resolveLaw(patience, files),
    cancel,
    retryAttempts: retry.attempts,
    retryBackoffNs: retry.backoff,
  };
}
