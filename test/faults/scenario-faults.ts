/** Faults of reading a scenario: clocks, units, shares. */

import type { PlantedFault } from './planted-fault.ts';

export const scenarioFaults: readonly PlantedFault[] = [
  {
    name: 'clock: an offset from UTC is applied the wrong way round',
    file: 'src/scenario/calendar.ts',
    from: 'ms: wall - (offset',
    to: 'ms: wall + (offset',
    caughtBy: {
      file: 'test/scenario/calendar.test.ts',
      title: 'reads a date, a time, seconds, fractions and an offset',
    },
  },
  {
    name: 'clock: the time zone moves the clock the wrong way',
    file: 'src/scenario/clock.ts',
    from: 'clock.startMs + clock.utcOffsetMinutes',
    to: 'clock.startMs - clock.utcOffsetMinutes',
    caughtBy: {
      file: 'test/scenario/clock.test.ts',
      title: 'read clock times on the clock of the time zone',
    },
  },
  {
    name: 'clock: a time after midnight lies before the start',
    file: 'src/scenario/clock.ts',
    from: 'return ns < 0 ? ns + DAY : ns;',
    to: 'return ns;',
    caughtBy: {
      file: 'test/scenario/clock.test.ts',
      title: 'read a clock time before that of the start as the next day',
    },
  },
  {
    name: 'clock: the year 2100 is a leap year',
    file: 'src/scenario/calendar.ts',
    from: 'Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);\n  return era',
    to: 'Math.floor(yearOfEra / 4);\n  return era',
    caughtBy: {
      file: 'test/scenario/calendar.test.ts',
      title: 'agrees with the calendar of the machine on any day',
    },
  },
  {
    name: 'durations: microseconds are read as milliseconds',
    file: 'src/scenario/duration.ts',
    from: "replace(/[µμ]s$/, 'us')",
    to: "replace(/(u|µ|μ)s$/, 'ms')",
    caughtBy: {
      file: 'test/scenario/duration.test.ts',
      title: 'reads every unit, alone and together, as whole nanoseconds',
    },
  },
  {
    name: 'durations: milliseconds are written a thousandfold',
    file: 'src/scenario/duration.ts',
    from: "['ms', MILLISECOND]",
    to: "['ms', MICROSECOND]",
    caughtBy: { file: 'test/scenario/duration.test.ts', title: 'writes the shortest exact text' },
  },
  {
    name: 'shares: 40% is read as 40',
    file: 'src/scenario/scalars.ts',
    from: 'Number(percent[1]) / 100',
    to: 'Number(percent[1])',
    caughtBy: {
      file: 'test/scenario/scalars.test.ts',
      title: 'reads a share as a percentage or as a fraction of one',
    },
  },
  {
    name: 'shares: a bare 1 is taken for 100 %',
    file: 'src/scenario/scalars.ts',
    from: 'if (number === 1)',
    to: 'if (number === -1)',
    caughtBy: {
      file: 'test/scenario/scalars.test.ts',
      title: 'refuses a bare 1, which may mean 1% or 100%',
    },
  },
  {
    name: 'timeline: settings at an instant leave its own change out',
    file: 'src/scenario/settings-at.ts',
    from: 'then > atNs',
    to: 'then >= atNs',
    caughtBy: {
      file: 'test/scenario/changes.test.ts',
      title: 'follows the timeline up to and including an instant',
    },
  },
  {
    name: 'surges: what is added is the whole peak, not what it has above the base',
    file: 'src/scenario/surge-curve.ts',
    from: 'height: surge.peak - base',
    to: 'height: surge.peak',
    caughtBy: {
      file: 'test/scenario/surges.test.ts',
      title: 'rise from the base, reach the peak at their moment, and fall back',
    },
  },
  {
    name: 'surges: the rise begins at their moment',
    file: 'src/scenario/surge-curve.ts',
    from: 'atNs: peakNs - atNs, share',
    to: 'atNs: peakNs + atNs, share',
    caughtBy: {
      file: 'test/scenario/surges.test.ts',
      title: 'rise from the base, reach the peak at their moment, and fall back',
    },
  },
  {
    name: 'surges: an exponential decay has its corners too far apart',
    file: 'src/scenario/surge-curve.ts',
    from: 'const CHORDS = 20;',
    to: 'const CHORDS = 16;',
    caughtBy: {
      file: 'test/scenario/surges.test.ts',
      title: 'decay exponentially to within 0.13 % of their height, and never below the base',
    },
  },
  {
    name: 'stages: the last rate stays',
    file: 'src/scenario/resolve-rate.ts',
    from: 'return [...points, { atNs, perSecond: 0 }];',
    to: 'return points;',
    caughtBy: {
      file: 'test/scenario/surges.test.ts',
      title: 'let as many requests arrive as they enclose, and none after the last',
    },
  },
  {
    name: 'measured holds: what was measured is taken for the work',
    file: 'src/scenario/measured/expand-measured-holds.ts',
    from: 'document: withWorks(document, holds, found.works)',
    to: 'document: withWorks(document, holds, asMeasured)',
    caughtBy: {
      file: 'test/scenario/measured/unwinding.test.ts',
      title: 'is unwound to the work that one shared processor makes it of',
    },
  },
  {
    name: 'measured holds: the round trip is left in the work',
    file: 'src/scenario/measured/unwind.ts',
    from: 'Math.max(0, ns - database.roundTripNs) / stretch',
    to: 'Math.max(0, ns) / stretch',
    caughtBy: {
      file: 'test/scenario/measured/unwinding.test.ts',
      title: 'loses its round trip where nobody slows it down',
    },
  },
  {
    name: 'measured holds: other changes are made before they are unwound',
    file: 'src/scenario/parse-scenario.ts',
    from: 'return place.ok && isReadForExpansion(place.value, expanders);',
    to: 'return place.ok;',
    caughtBy: {
      file: 'test/scenario/measured/unwinding.test.ts',
      title: 'acts on the work, which stays what it was on the system of the file',
    },
  },
];
