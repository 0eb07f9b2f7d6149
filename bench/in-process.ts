/**
 * The engine beside the recursion, in one process, on the same variates: bare (the system alone) and with
 * the whole report. Both must count the same, or the figures are worth nothing.
 */
import type { Scenario } from '../src/scenario/scenario.ts';
import { simulate } from '../src/experiment/run.ts';
import { MOST_IN_FLIGHT, System } from '../src/model/system.ts';
import { compareInPairs, type Pairs } from './interleaved.ts';
import { runRecursion } from './recursion.ts';
import { plainScenario, type PlainWorkload } from './workloads.ts';

export interface InProcess {
  readonly bare: Pairs;
  readonly whole: Pairs;
  readonly customers: number;
  readonly events: number;
}

/** As replication 1 of a run names its streams. */
const seedOf = (scenario: Scenario) => `${scenario.seed}/rep-1`;

/** The same wherever ratios are measured: how far the compiler has come is part of them. */
const CUSTOMERS = 500_000;
const PAIRS = 21;

export function compareWithRecursion(name: PlainWorkload): InProcess {
  const scenario = plainScenario(name, CUSTOMERS);
  const { arrived, events } = requireAgreement(scenario);
  const recursion = () => {
    recursionOf(scenario);
  };
  const bare = compareInPairs(
    () => {
      runBare(scenario);
    },
    recursion,
    PAIRS,
  );
  const whole = compareInPairs(
    () => {
      runWhole(scenario);
    },
    recursion,
    PAIRS,
  );
  return { bare, whole, customers: arrived, events };
}

/** Runs both once and compares every count, sum and bucket. */
export function requireAgreement(scenario: Scenario): { arrived: number; events: number } {
  const system = runBare(scenario);
  const expected = recursionOf(scenario);
  const [service] = system.services;
  if (service === undefined) throw new Error('bug: a bench scenario without a service');
  const { meters, pool } = service;
  const agrees =
    meters.arrived === expected.arrived &&
    pool.timeouts === expected.timeouts &&
    (['acquireWait', 'use', 'response'] as const).every(
      (name) =>
        meters[name].total.equals(expected[name].total) &&
        meters[name].max === expected[name].max &&
        meters[name].counts.every((n, bucket) => n === expected[name].counts[bucket]),
    );
  if (!agrees) throw new Error('bug: engine and recursion disagree');
  return { arrived: expected.arrived, events: system.simulation.events };
}

export function runBare(scenario: Scenario): System {
  const system = systemFor(scenario);
  system.runUntil(scenario.durationNs);
  return system;
}

/** At the start of its run. */
export function systemFor(scenario: Scenario): System {
  return new System({
    settings: scenario.system,
    changes: [],
    alerts: [],
    seed: seedOf(scenario),
    mostInFlight: MOST_IN_FLIGHT,
    log: null,
  });
}

/** All that `run` does but its text: windows, histograms, ledger, closed forms, certificate. */
export function runWhole(scenario: Scenario): number {
  const steps = simulate(scenario);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value.requests.arrived;
  }
}

function recursionOf(scenario: Scenario) {
  const [service] = scenario.system.services;
  if (service === undefined) throw new Error('bug: a bench scenario without a service');
  return runRecursion(service, seedOf(scenario), scenario.durationNs);
}
