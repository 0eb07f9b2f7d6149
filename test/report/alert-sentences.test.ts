import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/experiment/result.ts';
import { alertSentences } from '../../src/report/alert-sentences.ts';
import { at, january, januaryScenario } from './january.ts';

const { alerts: rules } = januaryScenario();
const sentences = (changes: Partial<RunResult> = {}) => alertSentences(january(changes), rules);

const EARLY =
  'The first automated alert, PoolSaturated at 14:14:30, already named the pool: ' +
  '2 h 45 min before anyone followed it (17:00).';
const ALL_CLEAR =
  'PoolSaturated resolved at 16:00:15 only because restarting instances left connections ' +
  'unused: a false all-clear, the outage went on until 17:30.';

describe('the sentences on alerts', () => {
  it('say how long nobody followed the first one, and which all-clear was false', () => {
    expect(sentences()).toEqual([EARLY, ALL_CLEAR]);
  });

  it('are none without alerts or a timeline', () => {
    expect(sentences({ alerts: [] })).toEqual([]);
    expect(sentences({ timeline: [] })).toEqual([]);
  });

  it('do not credit an alert that is not about the pool, or a dashboard', () => {
    const named = (name: string, kind: 'dashboard' | 'automated') => [
      { name, kind, firedAt: at('14:05'), resolvedAt: null },
    ];
    expect(sentences({ alerts: named('ErrorRate', 'automated') })).toEqual([]);
    expect(sentences({ alerts: named('PoolSaturated', 'dashboard') })).toEqual([]);
    expect(sentences({ alerts: named('PoolSaturated', 'automated') })).toHaveLength(1);
  });

  it('take a change of the pool for following the alert, and a note about the alert not', () => {
    const notes = january().timeline.filter(({ at: when }) => when !== at('17:00'));
    expect(sentences({ timeline: notes })[0]).toContain('3 h 15 min before anyone followed it');
    const repeated = notes.map((entry) => ({ ...entry, set: {}, title: 'Pool alert noticed' }));
    expect(sentences({ timeline: repeated })).toEqual([ALL_CLEAR]);
  });

  it('call no all-clear false that came with recovery, or without a restart', () => {
    const { alerts, timeline } = january();
    const recovered = alerts.map((alert) => ({ ...alert, resolvedAt: at('17:31') }));
    expect(sentences({ alerts: recovered })).toEqual([EARLY]);
    const noRestart = timeline.filter(({ kind }) => kind !== 'restart');
    expect(sentences({ timeline: noRestart })).toEqual([EARLY]);
  });
});
