/**
 * `npm run bench:scale`: what a request costs against what is in flight and against the size of the fleet,
 * as tables and as a plot, and what starting costs. With --whole also 10⁹ requests in one run, which takes
 * long.
 *
 *     npm run bench:scale -- [--json] [--quick] [--whole]
 */
import { SECOND } from '../src/engine/time.ts';
import { systemFor } from './in-process.ts';
import { cpuTimeNs, medianWithInterval } from './interleaved.ts';
import { benchOptions } from './options.ts';
import { main, runNode, runProduct } from './product.ts';
import { scalePlot } from './scale-plot.ts';
import { figure, print, table } from './tables.ts';
import { plainScenario, plainText, root } from './workloads.ts';

interface ScaleLine {
  readonly inFlight: number;
  readonly nsPerRequest: number;
}

/** Requests that are timed at least, after the system has come to its state … */
const TIMED = 300_000;
/** … and for each one in flight, as all of them are handed over when a run is continued. */
const TIMED_EACH = 4;

/** So many wait, at the rate at which they are served; their timeouts are far: a queue in order of time. */
function pending(count: number): ScaleLine {
  const sets = {
    'traffic.bursts': `[{ at: 1s, count: ${count} }]`,
    'service.pool.acquireTimeout': '100h',
    'traffic.rate': '500',
  };
  return timedFrom(2, 500, sets);
}

/** So many hold a connection, and end in any order: a heap. */
function working(count: number): ScaleLine {
  const rate = 0.9 * count;
  return timedFrom(5, rate, {
    'traffic.rate': String(rate),
    'requests.hold.exponential': '1s',
    'service.pool.max': String(count),
    'service.pool.initial': String(count),
    'database.maxConnections': String(count + 10),
  });
}

/** Each instance is as busy as A's. */
function instances(count: number, balancer: string): ScaleLine {
  const rate = 450 * count;
  return timedFrom(2, rate, {
    'traffic.rate': String(rate),
    'service.instances': String(count),
    'service.balancer': balancer,
    'database.maxConnections': String(10 * count + 10),
  });
}

/** Runs for some seconds, and then times so many requests. */
function timedFrom(
  seconds: number,
  perSecond: number,
  sets: Readonly<Record<string, string>>,
): ScaleLine {
  const system = systemFor(plainScenario('a', 1, { duration: '1000h', ...sets }));
  system.runUntil(seconds * SECOND);
  const before = system.arrived;
  const timed = Math.max(TIMED, TIMED_EACH * system.inFlight);
  const until = Math.ceil((seconds + timed / perSecond) * SECOND);
  const ns = cpuTimeNs(() => {
    system.runUntil(until);
  });
  return { inFlight: system.inFlight, nsPerRequest: ns / (system.arrived - before) };
}

interface StartUp {
  readonly words: string;
  /** CPU time beyond that of Node alone, and elapsed time: medians. */
  readonly cpuMs: number;
  readonly elapsedMs: number;
}

/** Elapsed time is what the user waits for, CPU time what a busy machine does not change. */
function startUp(): StartUp[] {
  const tiny = `${root}bench/scenarios/tiny.yaml`;
  const commands = [
    ['-e', '0'],
    [main, '--help'],
    [main, 'run', tiny, '--json'],
  ];
  const rounds = Array.from({ length: 15 }, () => commands.map(costOf));
  const medians = commands.map((_, i) => ({
    cpuMs: medianWithInterval(rounds.map((round) => round[i]?.cpuMs ?? NaN)).median,
    elapsedMs: medianWithInterval(rounds.map((round) => round[i]?.elapsedMs ?? NaN)).median,
  }));
  const [alone = { cpuMs: 0, elapsedMs: 0 }, ...others] = medians;
  return others.map(({ cpuMs, elapsedMs }, i) => ({
    words: ['tidemark --help', 'tidemark run, 1,000 requests'][i] ?? '',
    cpuMs: cpuMs - alone.cpuMs,
    elapsedMs: elapsedMs - alone.elapsedMs,
  }));
}

function costOf(words: readonly string[]): { cpuMs: number; elapsedMs: number } {
  const start = performance.now();
  const { usage } = runNode(words);
  return { cpuMs: 1000 * usage.cpuSeconds, elapsedMs: performance.now() - start };
}

const { json, quick, whole } = benchOptions();
const powers = quick ? [1e3, 1e4, 1e5] : [1e3, 1e4, 1e5, 1e6];
const fleets = quick ? [1, 10, 100] : [1, 10, 100, 1000];
// Before anything is simulated here: a process begins with the peak memory of the one that starts it.
const billion = whole ? runProduct(plainText('a', 1e9)) : null;
// The first system of a process runs as long as the compiler needs to learn it.
working(10);
const measured = {
  node: process.version,
  pending: powers.map(pending),
  working: powers.map(working),
  roundRobin: fleets.map((count) => ({ instances: count, ...instances(count, 'round-robin') })),
  leastConnections: fleets.map((count) => ({
    instances: count,
    ...instances(count, 'least-connections'),
  })),
  startUp: startUp(),
  billion,
};

function plots(): string {
  const costs = (rows: readonly ScaleLine[]) => rows.map(({ nsPerRequest }) => nsPerRequest);
  const inFlight = scalePlot({
    title: 'CPU time a request; requests that wait ─, connections in use ···',
    nsPerRequest: [costs(measured.pending), costs(measured.working)],
    powers,
  });
  const fleet = scalePlot({
    title: 'CPU time a request; instances under round-robin ─, least connections ···',
    nsPerRequest: [costs(measured.roundRobin), costs(measured.leastConnections)],
    powers: fleets,
  });
  return `${inFlight}\n\n${fleet}`;
}

function lines(title: string, rows: readonly ScaleLine[], heads: readonly number[]): string {
  const cells = rows.map(({ inFlight, nsPerRequest }, i) => [
    (heads[i] ?? 0).toLocaleString('en'),
    inFlight.toLocaleString('en'),
    figure(nsPerRequest),
  ]);
  return table([[title, 'in flight', 'CPU ns a request'], ...cells]);
}

if (json) print(JSON.stringify(measured, null, 2));
else {
  print(lines('requests that wait', measured.pending, powers));
  print(`\n${lines('connections', measured.working, powers)}`);
  print(`\n${lines('instances, round-robin', measured.roundRobin, fleets)}`);
  print(`\n${lines('instances, least-connections', measured.leastConnections, fleets)}`);
  print(`\n${plots()}`);
  const starts = measured.startUp.map((start) => [
    start.words,
    figure(start.cpuMs),
    figure(start.elapsedMs),
  ]);
  print(`\n${table([['start-up, ms beyond Node', 'CPU', 'elapsed'], ...starts])}`);
  if (measured.billion !== null) {
    const { arrived, peakMegabytes, cpuSeconds } = measured.billion;
    const size = `${peakMegabytes.toFixed(0)} MB at the peak`;
    print(
      `\n${arrived.toLocaleString('en')} requests: ${size}, ${figure(cpuSeconds)} s of CPU time`,
    );
  }
}
