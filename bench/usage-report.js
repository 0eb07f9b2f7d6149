// Loaded into the command before it starts: at its end, CPU time and peak memory go to file 3.
import { writeSync } from 'node:fs';
import process from 'node:process';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(3, JSON.stringify({ cpuMicroseconds: userCPUTime + systemCPUTime, maxRSS }));
});
