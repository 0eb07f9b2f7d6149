import { describe, expect, it } from 'vitest';
import { intervalAround } from '../../src/stats/confidence-interval.ts';
import { projectedCount, targetHalfWidth } from '../../src/stats/sequential.ts';

describe('sequential stopping', () => {
  it('asks for γ/(1 + γ) of the mean: Law’s 0.15 becomes 0.13', () => {
    expect(targetHalfWidth(intervalAround(100, 50), 0.15)).toBeCloseTo(13.04, 2);
    expect(targetHalfWidth(intervalAround(-100, 50), 0.25)).toBe(20);
  });

  it('never asks for less than the floor, so that rare errors do not run for ever', () => {
    expect(targetHalfWidth(intervalAround(0, 1), 0.02, 0.002)).toBe(0.002);
  });

  it('projects the square: half the width takes four times as many', () => {
    expect(projectedCount(10, 2, 1)).toBe(40);
    expect(projectedCount(10, 1, 1)).toBe(10);
    expect(projectedCount(10, 1.5, 1)).toBe(23);
  });
});
