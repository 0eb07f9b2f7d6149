/**
 * The one door to the transcendental functions. Engines may differ in the last bit of these; the ones
 * named here gave the same bits on Node 20 and 24 over a million arguments each, and `engine/math.test`
 * pins a sample. `Math.pow` and the other functions did not, or were not tried: they are not used. `exp` is
 * our own.
 */
export const log = Math.log;
export const log1p = Math.log1p;
export { exp } from './exp.ts';
