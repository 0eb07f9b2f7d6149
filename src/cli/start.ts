#!/usr/bin/env node
// The command `tidemark`. Everything else is loaded when it is needed, so that `--help` is quick.

import { exitCodes } from './exit-codes.ts';
import { listenForSignals } from './signals.ts';

// Node would exit 1 for what nobody caught, and 1 says that an objective was missed.
process.on('uncaughtException', ({ message }) => {
  process.stderr.write(`tidemark: this is a fault in tidemark: bug: ${message}\n`);
  process.exit(exitCodes.ourFault);
});

const signal = listenForSignals();
const { tidemark } = await import('./program.ts');
const exitCode = await tidemark(process.argv.slice(2), signal);
// An interrupted command may still wait for its input, so it is not left to end by itself.
if (signal.aborted) process.exit(exitCode);
process.exitCode = exitCode;
