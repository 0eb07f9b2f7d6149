/** Recorded arrivals as scenario files write them: keys of `traffic`. */
import { fileName, numberOf } from './scalars.ts';

export const traceShape = {
  trace: fileName
    .optional()
    .meta({ description: 'A table of recorded arrivals, each of which becomes a request' }),
  speed: numberOf({ min: 0, above: true, max: 1e6 })
    .optional()
    .meta({ description: 'How many times as fast as recorded the trace arrives; 1 by default' }),
};
