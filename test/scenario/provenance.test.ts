import { describe, expect, it } from 'vitest';
import { faultsOf, minimal, scenarioOf } from './reading.ts';

const base = `${minimal}alerts: [{ name: ErrorRate, when: errors > 5% }]
timeline:
  - { at: 10s, title: One }
  - { at: 20s, title: Two, set: { service.pool.max: 20 } }
provenance:
`;

describe('provenance', () => {
  it('keeps the order of the file, and takes a grade with or without a note', () => {
    const { provenance } = scenarioOf(
      `${base}  traffic.rate: stated\n  duration: { grade: derived, note: from the log }\n  alerts: { grade: fitted }\n`,
    );
    expect(provenance).toEqual([
      { path: 'traffic.rate', grade: 'stated', note: '' },
      { path: 'duration', grade: 'derived', note: 'from the log' },
      { path: 'alerts', grade: 'fitted', note: '' },
    ]);
  });

  it('takes the paths of every part of a document', () => {
    for (const path of [
      ...[
        'duration',
        'requests.query',
        'requests.request.query',
        'alerts.ErrorRate',
        'alerts[0].when',
      ],
      ...['timeline', 'timeline[1]', 'timeline[1].set', 'timeline[1].set.service.pool.max'],
    ]) {
      expect(faultsOf(`${base}  ${path}: assumed\n`), path).toEqual([]);
    }
  });

  it('takes a key with a space for a statement about the run', () => {
    const { provenance } = scenarioOf(`${base}  the failed share is flat: predicted\n`);
    expect(provenance).toEqual([
      { path: 'the failed share is flat', grade: 'predicted', note: '' },
    ]);
  });

  it.each([
    [
      'service.pool.max: assumed',
      '10:3: provenance.service.pool.max: the scenario has no such path',
    ],
    [
      'duratoin: assumed',
      '10:3: provenance.duratoin: the scenario has no such path; did you mean duration?',
    ],
    [
      'alerts.ErorRate: assumed',
      '10:3: provenance.alerts.ErorRate: the scenario has no such path; did you mean alerts.ErrorRate?',
    ],
    [
      'timeline[2]: assumed',
      '10:3: provenance.timeline[2]: the scenario has no such path; did you mean timeline[1]?',
    ],
    [
      'duration: guessed',
      '10:13: provenance.duration: guessed is unknown; allowed: stated, derived, assumed, fitted, predicted',
    ],
    [
      'duration: statde',
      '10:13: provenance.duration: statde is unknown; did you mean stated? (allowed: stated, derived, assumed, fitted, predicted)',
    ],
    ['duration: { note: x }', '10:3: provenance.duration.grade: is missing'],
    [
      'duration: { grade: stated, nte: x }',
      '10:30: provenance.duration.nte: unknown key; did you mean note?',
    ],
  ])('refuses %s', (line, fault) => {
    expect(faultsOf(`${base}  ${line}\n`)).toEqual([fault]);
  });

  it('stays valid when --set takes away what it is about', () => {
    expect(faultsOf(`${base}  timeline[1].set: assumed\n`, 'timeline=[]')).toEqual([]);
  });
});
