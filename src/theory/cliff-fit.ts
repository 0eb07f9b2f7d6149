// The cliff curve that fits measured throughput best.

import { type Cliff, cliffThroughput } from './cliff.ts';
import { type LeastSquares, levenbergMarquardt } from './levenberg-marquardt.ts';
import { type MeasuredThroughput, requireMeasured, rSquared } from './measured-throughput.ts';

export interface CliffFit extends Cliff {
  /** The share of the scatter that the curve explains. */
  readonly rSquared: number;
}

/** Where the search begins: as parts of the largest load for the first two. */
const STARTS = [0.003, 0.03, 0.3].flatMap((saturation) =>
  [0.1, 0.5, 2].flatMap((cliff) => [1, 3].map((steepness) => [saturation, cliff, steepness])),
);

/** No parameter is believed further from the loads measured, or steeper, than this factor. */
const FARTHEST = 1000;
const STEEPEST = 20;
/** A curve that is level over all loads, to a millionth: it begins and ends so far from them. */
const FAR = FARTHEST / 2;
const LEVEL_STEEPNESS = 2.5;

/**
 * Nonlinear least squares of X in the logarithms of all four parameters, so that none can fall to 0,
 * from eighteen fixed starts and from the level line, so that it is never worse than that; the best end
 * wins. When the points do not fall, nothing is known about the cliff but that it is far off, and its two
 * parameters mean no more than that.
 *
 * @throws RangeError when the points stand at fewer than four loads, or a number is not above 0
 */
export function fitCliff(points: readonly MeasuredThroughput[]): CliffFit {
  requireMeasured(points, 4);
  const loads = points.map((point) => point.clients);
  const [least, most] = [Math.min(...loads), Math.max(...loads)];
  const level = Math.max(...points.map((point) => point.perSecond));
  const inRange = (p: Cliff) =>
    p.saturationClients > least / FARTHEST &&
    p.saturationClients < most * FARTHEST &&
    p.cliffClients > least / FARTHEST &&
    p.cliffClients < most * FARTHEST &&
    p.steepness > 1 / STEEPEST &&
    p.steepness < STEEPEST &&
    p.levelPerSecond < level * FARTHEST;
  const mean = points.reduce((sum, point) => sum + point.perSecond, 0) / points.length;
  const levelLine = [mean, least / FAR, most * FAR, LEVEL_STEEPNESS];
  const starts = STARTS.map(([saturation = 0, cliff = 0, steepness = 0]) => {
    return [level, saturation * most, cliff * most, steepness];
  });
  let best: LeastSquares = { parameters: [], squares: Infinity };
  for (const start of [...starts, levelLine]) {
    const found = levenbergMarquardt({
      start: start.map((value) => Math.log(value)),
      residuals: (at) => residuals(points, cliffOf(at)),
      jacobian: (at) => points.map(({ clients }) => gradient(cliffOf(at), clients)),
      allowed: (at) => inRange(cliffOf(at)),
    });
    if (found.squares < best.squares) best = found;
  }
  const fitted = cliffOf(best.parameters);
  return { ...fitted, rSquared: rSquared(points, (n) => cliffThroughput(fitted, n)) };
}

function cliffOf(logarithms: readonly number[]): Cliff {
  const [level = 0, saturation = 0, cliff = 0, steepness = 0] = logarithms.map((x) => Math.exp(x));
  return {
    levelPerSecond: level,
    saturationClients: saturation,
    cliffClients: cliff,
    steepness,
  };
}

function residuals(points: readonly MeasuredThroughput[], cliff: Cliff): number[] {
  return points.map(({ clients, perSecond }) => cliffThroughput(cliff, clients) - perSecond);
}

/** The derivatives of X(n) by the logarithms of X_s, n_s, N_t and q. */
function gradient(cliff: Cliff, n: number): number[] {
  const x = cliffThroughput(cliff, n);
  const saturation = (cliff.saturationClients / n) * (cliff.saturationClients / n);
  const logLoad = Math.log(n / cliff.cliffClients);
  // The share of the fall that is still to come, from 1 far beyond the cliff to 0 far before it.
  const beyond = 1 / (1 + Math.exp(-cliff.steepness * logLoad));
  return [
    x,
    (-x * saturation) / (1 + saturation),
    x * beyond * cliff.steepness,
    -x * beyond * cliff.steepness * logLoad,
  ];
}
