/** Faults of the figures that are judged: percentiles, errors, alerts, windows. */

import type { PlantedFault } from './planted-fault.ts';

export const figureFaults: readonly PlantedFault[] = [
  {
    name: 'figures: a percentile leaves those out that failed',
    file: 'src/model/meters/stretch.ts',
    from: 'const lost = lostIn(metric.of, from, to);',
    to: 'const lost = 0;',
    caughtBy: {
      file: 'test/model/meters/stretch.test.ts',
      title: 'a percentile counts those that failed as infinitely slow',
    },
  },
  {
    name: 'figures: errors are divided by those that arrived',
    file: 'src/model/meters/stretch.ts',
    from: 'bad + (to.completed - from.completed)',
    to: 'to.arrived - from.arrived',
    caughtBy: {
      file: 'test/model/meters/stretch.test.ts',
      title: 'errors are failed and abandoned requests by all that ended in it',
    },
  },
  {
    name: 'figures: a client that left is no error',
    file: 'src/model/meters/stretch.ts',
    from: '+ (to.abandoned - from.abandoned);\n  return ratio',
    to: '+ 0;\n  return ratio',
    caughtBy: {
      file: 'test/model/meters/stretch.test.ts',
      title: 'errors are failed and abandoned requests by all that ended in it',
    },
  },
  {
    name: 'figures: a condition holds for what was never observed',
    file: 'src/model/meters/stretch.ts',
    from: 'value !== null && compare',
    to: 'value === null || compare',
    caughtBy: {
      file: 'test/model/meters/stretch.test.ts',
      title: 'is not met by what was never observed',
    },
  },
  {
    name: 'alerts: it fires one evaluation late',
    file: 'src/model/control/alerts.ts',
    from: 'now - watch.pendingSince < rule.forNs',
    to: 'now - watch.pendingSince <= rule.forNs',
    caughtBy: {
      file: 'test/model/control/alerts.test.ts',
      title:
        'fires at the first evaluation at which its condition holds, and ends when it does not',
    },
  },
  {
    name: 'alerts: a break does not set `for` back',
    file: 'src/model/control/alerts.ts',
    from: 'watch.pendingSince = null;\n      if',
    to: 'if',
    caughtBy: {
      file: 'test/model/control/alerts.test.ts',
      title: 'agrees with a twin that looks at every evaluation anew',
    },
  },
  {
    name: 'alerts: it looks back further than `over`',
    file: 'src/model/control/probe.ts',
    from: 'reading.atNs <= start',
    to: 'reading.atNs < start',
    caughtBy: {
      file: 'test/model/control/alerts.test.ts',
      title: 'looks back exactly `over`, also when that is no multiple of `every`',
    },
  },
  {
    name: 'alerts: an instance is measured by the whole fleet’s connections',
    file: 'src/model/control/probe.ts',
    from: 'service.configured.integral(i, now)',
    to: 'service.configured.totalIntegral(now)',
    caughtBy: {
      file: 'test/model/control/alerts.test.ts',
      title: 'per instance measures an instance by its own connections when the fleet grows',
    },
  },
  {
    name: 'series: the last window, cut short by the end, is missing',
    file: 'src/experiment/recorder.ts',
    from: 'if (at % this.cut.windowNs === 0 || isEnd) {',
    to: 'if (at % this.cut.windowNs === 0) {',
    caughtBy: {
      file: 'test/experiment/series.test.ts',
      title: 'has a row for the last window though the run ends within it',
    },
  },
  {
    name: 'series: a last window that is cut short is not said to be',
    file: 'src/experiment/series.ts',
    from: 'last.toNs - last.fromNs < cut.windowNs',
    to: 'last.toNs - last.fromNs > cut.windowNs',
    caughtBy: {
      file: 'test/experiment/series.test.ts',
      title: 'says that the last window is cut short, and only then',
    },
  },
  {
    name: 'series: connections being opened are taken for used',
    file: 'src/experiment/series.ts',
    from: 's.owned - s.ownedOpening',
    to: 's.owned',
    caughtBy: {
      file: 'test/experiment/series.test.ts',
      title: 'tells connections in use from those being opened',
    },
  },
  {
    name: 'outage: it takes a minute as bad as the average',
    file: 'src/experiment/outage.ts',
    from: '>= seen / 2',
    to: '>= seen',
    caughtBy: {
      file: 'test/experiment/outage.test.ts',
      title:
        'the outage runs from the first to the last minute in which half as much failed as on average',
    },
  },
  {
    name: 'worst window: the best is taken for the worst',
    file: 'src/experiment/worst-window.ts',
    from: "startsWith('<') ? value > than : value < than",
    to: "startsWith('<') ? value < than : value > than",
    caughtBy: {
      file: 'test/experiment/worst-window.test.ts',
      title: 'is the one with the largest value when the limit is an upper one',
    },
  },
  {
    name: 'worst window: the end of the run is not looked at',
    file: 'src/experiment/windows.ts',
    from: 'return [...starts, last];',
    to: 'return starts;',
    caughtBy: {
      file: 'test/experiment/windows.test.ts',
      title: 'stands at the very end of the run too',
    },
  },
  {
    name: 'settings: a change is not in force at its own instant',
    file: 'src/experiment/settings-history.ts',
    from: 'if (entry.atNs <= atNs &&',
    to: 'if (entry.atNs < atNs &&',
    caughtBy: {
      file: 'test/experiment/settings-history.test.ts',
      title: 'has a change in force at its own instant',
    },
  },
  {
    name: 'warm-up: goodput is that of the time after it',
    file: 'src/experiment/run.ts',
    from: 'summary.goodput(services, durationNs)',
    to: 'summary.goodput(services, durationNs - warmNs)',
    caughtBy: {
      file: 'test/experiment/warm-up.test.ts',
      title: 'leaves every count, failure, series and objective as it is',
    },
  },
  {
    name: 'warm-up: its openings stay among the times',
    file: 'src/model/meters/service-times.ts',
    from: 'opening: now.opening.since(earlier.opening)',
    to: 'opening: now.opening',
    caughtBy: {
      file: 'test/experiment/warm-up.test.ts',
      title: 'leaves out of the times what was measured before its end',
    },
  },
  {
    name: 'replications: all have the numbers of the first',
    file: 'src/experiment/replicate.ts',
    from: 'simulate(scenario, { ...silent, replication: number })',
    to: 'simulate(scenario, { ...silent, replication: 1 })',
    caughtBy: {
      file: 'test/experiment/replicate.test.ts',
      title: 'are those of the seeds rep-1, rep-2 …, and the result is otherwise that of the first',
    },
  },
  {
    name: 'intervals: the normal quantile stands for that of Student',
    file: 'src/stats/confidence-interval.ts',
    from: 'twoSidedT(confidence, moments.count - 1)',
    to: 'twoSidedT(confidence, 10_000)',
    caughtBy: {
      file: 'test/stats/confidence-interval.test.ts',
      title: 'is t·s/√n wide to either side: two values leave 12.7 standard errors',
    },
  },
  {
    name: 'intervals: a degree of freedom too many',
    file: 'src/stats/confidence-interval.ts',
    from: 'twoSidedT(confidence, moments.count - 1)',
    to: 'twoSidedT(confidence, moments.count)',
    caughtBy: {
      file: 'test/stats/confidence-interval.test.ts',
      title: 'is t·s/√n wide to either side: two values leave 12.7 standard errors',
    },
  },
  {
    name: 'intervals: replications stop at the first round that is precise',
    file: 'src/experiment/replicate.ts',
    from: 'const ROUNDS_IN_A_ROW = 2;',
    to: 'const ROUNDS_IN_A_ROW = 1;',
    caughtBy: {
      file: 'test/experiment/replicate.test.ts',
      title: 'stops at the end of the second round of ten in a row that has reached it',
    },
  },
  {
    name: 'intervals: skewed batches have those of even ones',
    file: 'src/stats/skewed-interval.ts',
    from: 'const a = (6 * skew) / estimate.standardError;',
    to: 'const a = 0 * skew;',
    caughtBy: {
      file: 'test/stats/skewed-interval.test.ts',
      title: 'is too low about half as often as Student’s',
    },
  },
  {
    name: 'batch means: batches that hang together count as independent',
    file: 'src/stats/skewed-interval.ts',
    from: '? Math.sqrt((1 + phi) / (1 - phi)) : 1',
    to: '? 1 : 1',
    caughtBy: {
      file: 'test/stats/skewed-interval.test.ts',
      title: 'is wider by √((1 + φ)/(1 − φ)) when they hang together by more than 1/√batches',
    },
  },
  {
    name: 'batch means: a short run is not marked',
    file: 'src/stats/batch-means.ts',
    from: '|| worth < WORTH_A_BATCH * batches.length',
    to: '|| worth < 0 * batches.length',
    caughtBy: {
      file: 'test/experiment/stability.test.ts',
      title: 'is marked where the batches are too short to be worth ten independent requests each',
    },
  },
  {
    name: 'batch means: the warm-up that was found is not left out',
    file: 'src/experiment/steady-state.ts',
    from: 'return settled.reached ? readings.findIndex(({ atNs }) => atNs === settled.atNs) : null;',
    to: 'return settled.reached ? 0 : null;',
    caughtBy: {
      file: 'test/experiment/stability.test.ts',
      title: 'leaves out how it began, though no warm-up is set',
    },
  },
  {
    name: 'certificate: an identity is compared with itself',
    file: 'src/experiment/certificate.ts',
    from: "summed over time (ns)', spent, integral);\n}\n\n/** The same of those that wait",
    to: "summed over time (ns)', spent, spent);\n}\n\n/** The same of those that wait",
    caughtBy: {
      file: 'test/experiment/exact-checks.test.ts',
      title: 'does not hold when %s is wrong by one',
    },
  },
  {
    name: 'certificate: it holds when only some identity does',
    file: 'src/experiment/certificate.ts',
    from: 'holds: checks.every(',
    to: 'holds: checks.some(',
    caughtBy: {
      file: 'test/experiment/exact-checks.test.ts',
      title: 'does not hold when %s is wrong by one',
    },
  },
  {
    name: 'advice: of several services the one that fares best counts',
    file: 'src/experiment/what-if.ts',
    from: 'known.length === 0 ? null : Math.max(',
    to: 'known.length === 0 ? null : Math.min(',
    caughtBy: {
      file: 'test/experiment/several-services.test.ts',
      title: 'goes by the one that fares worst, which a large one would hide',
    },
  },
  {
    name: 'result: how many connections the database admits leaves out those of others',
    file: 'src/experiment/run.ts',
    from: 'return maxConnections - reservedConnections - otherConnections;',
    to: 'return maxConnections - reservedConnections;',
    caughtBy: {
      file: 'test/experiment/several-services.test.ts',
      title: 'add up to those of the run (seed %s)',
    },
  },
];
