/** Which stretch of a run is looked at, unless somebody says which. */
import { MINUTE, SECOND } from '../../engine/time.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { RunResult } from '../result.ts';
import type { Span } from './excerpt.ts';

/** The longest that is looked at unasked. */
const LONGEST = 30 * MINUTE;
/** When all was well is looked at for so long. */
const USUAL = 5 * MINUTE;
const LEAST = 10 * SECOND;
/** Pauses no longer than this, or so many windows, do not end a block. */
const PAUSE = 10 * SECOND;
const PAUSES = 2;

/**
 * The block of the run in which most requests failed or waited, from the onset on if that lies in it, half
 * an hour of it at most; where there is none, around the window with the longest responses.
 */
export function defaultStretch(scenario: Scenario, result: RunResult): Span {
  const { durationNs } = scenario;
  const blocks = hurtBlocks(result, durationNs);
  const [first] = blocks;
  if (first === undefined) return aroundWorst(durationNs, result);
  const block = blocks.reduce((a, b) => (b.hurt > a.hurt ? b : a), first);
  const { onset } = result.bottleneck;
  const onsetNs = onset === null ? 0 : Math.round(onset.afterSeconds * SECOND);
  const fromNs = onsetNs > block.fromNs && onsetNs < block.toNs - SECOND ? onsetNs : block.fromNs;
  const least = Math.max(block.toNs, fromNs + LEAST);
  const toNs = Math.min(durationNs, least, fromNs + LONGEST);
  return { fromNs: Math.min(fromNs, Math.max(0, toNs - SECOND)), toNs };
}

interface Block extends Span {
  /** Requests that failed, and request-seconds of waiting. */
  readonly hurt: number;
}

/** Windows in which somebody failed or, on average, waited for a connection; joined over short pauses. */
function hurtBlocks({ series, bottleneck }: RunResult, durationNs: number): Block[] {
  const length = series.windowSeconds * SECOND;
  const blocks: Block[] = [];
  if (bottleneck.station === 'none') return blocks;
  series.at.forEach((_, i) => {
    const lost = (series.failed[i] ?? 0) + (series.abandoned[i] ?? 0);
    const waiting = series.poolPending[i] ?? 0;
    if (lost === 0 && waiting < 1) return;
    const [fromNs, toNs] = [i * length, Math.min(durationNs, (i + 1) * length)];
    const hurt = lost + waiting * series.windowSeconds;
    const last = blocks.at(-1);
    const isNear = last !== undefined && fromNs - last.toNs <= Math.max(PAUSE, PAUSES * length);
    if (isNear) blocks[blocks.length - 1] = { ...last, toNs, hurt: last.hurt + hurt };
    else blocks.push({ fromNs, toNs, hurt });
  });
  return blocks;
}

function aroundWorst(durationNs: number, { series }: RunResult): Span {
  if (durationNs <= LONGEST) return { fromNs: 0, toNs: durationNs };
  const p99 = series.responseP99Ms.map((ms) => ms ?? 0);
  const worst = p99.indexOf(Math.max(...p99)) * series.windowSeconds * SECOND;
  const fromNs = Math.min(Math.max(0, worst - LONGEST / 2), durationNs - LONGEST);
  return { fromNs, toNs: fromNs + LONGEST };
}

/** When all was well, before the onset and the stretch; null: there is no such time. */
export function usualStretch(result: RunResult, { fromNs }: Span): Span | null {
  const { onset } = result.bottleneck;
  const toNs = Math.min(fromNs, onset === null ? Infinity : onset.afterSeconds * SECOND);
  if (toNs < LEAST) return null;
  return { fromNs: Math.max(0, Math.round(toNs) - USUAL), toNs: Math.round(toNs) };
}

/** Before the last restart that had begun by the end of a stretch; null: none had. */
export function beforeRestart({ timeline }: Scenario, { toNs }: Span): Span | null {
  const restart = timeline.findLast((entry) => entry.restart !== null && entry.atNs < toNs);
  if (restart === undefined || restart.atNs < LEAST) return null;
  return { fromNs: Math.max(0, restart.atNs - USUAL), toNs: restart.atNs };
}
