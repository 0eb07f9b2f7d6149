import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventSource, Simulation } from '../../src/engine/simulation.ts';
import { fuzzed } from '../support/fuzz.ts';

/** A source that fires at the given instants, in order, and writes `now name` into the log. */
function timetable(
  simulation: Simulation,
  { name, rank, at }: { name: string; rank: number; at: readonly number[] },
  log: string[],
): EventSource {
  let next = 0;
  const source = new EventSource(simulation, rank, () => {
    log.push(`${simulation.now} ${name}`);
    simulation.schedule(source, at[++next] ?? Infinity);
  });
  simulation.schedule(source, at[0] ?? Infinity);
  return source;
}

describe('the simulation loop', () => {
  it('fires what is due in order of time, and moves the clock to the end', () => {
    const simulation = new Simulation();
    const log: string[] = [];
    timetable(simulation, { name: 'a', rank: 0, at: [3, 7] }, log);
    timetable(simulation, { name: 'b', rank: 0, at: [1, 5, 9] }, log);
    simulation.runUntil(8);
    expect(log).toEqual(['1 b', '3 a', '5 b', '7 a']);
    expect([simulation.now, simulation.events]).toEqual([8, 4]);
  });

  it('fires what is due exactly at the end', () => {
    const simulation = new Simulation();
    const log: string[] = [];
    timetable(simulation, { name: 'a', rank: 0, at: [5, 6] }, log);
    simulation.runUntil(5);
    expect(log).toEqual(['5 a']);
    simulation.runUntil(6);
    expect(log).toEqual(['5 a', '6 a']);
  });

  it('fires the lower rank first at equal instants, whichever was created first', () => {
    const simulation = new Simulation();
    const log: string[] = [];
    timetable(simulation, { name: 'late', rank: 2, at: [4] }, log);
    timetable(simulation, { name: 'early', rank: 0, at: [4] }, log);
    timetable(simulation, { name: 'middle', rank: 1, at: [4] }, log);
    simulation.runUntil(4);
    expect(log).toEqual(['4 early', '4 middle', '4 late']);
  });

  it('fires the source that was created first at equal instants and ranks', () => {
    const simulation = new Simulation();
    const log: string[] = [];
    for (const name of ['a', 'b', 'c']) timetable(simulation, { name, rank: 1, at: [4] }, log);
    simulation.runUntil(4);
    expect(log).toEqual(['4 a', '4 b', '4 c']);
  });

  it('fires again at the same instant what is scheduled for it meanwhile, lower rank first', () => {
    const simulation = new Simulation();
    const log: string[] = [];
    const urgent = timetable(simulation, { name: 'urgent', rank: 0, at: [] }, log);
    const opener = new EventSource(simulation, 1, () => {
      log.push(`${simulation.now} opener`);
      simulation.schedule(opener, Infinity);
      simulation.schedule(urgent, simulation.now);
    });
    simulation.schedule(opener, 4);
    timetable(simulation, { name: 'last', rank: 2, at: [4] }, log);
    simulation.runUntil(4);
    expect(log).toEqual(['4 opener', '4 urgent', '4 last']);
  });

  it('keeps what is scheduled when a source is created later', () => {
    const simulation = new Simulation();
    const log: string[] = [];
    timetable(simulation, { name: 'old', rank: 1, at: [2, 6] }, log);
    simulation.runUntil(3);
    timetable(simulation, { name: 'new', rank: 0, at: [6] }, log);
    simulation.runUntil(9);
    expect(log).toEqual(['2 old', '6 new', '6 old']);
  });

  it('orders sources by their creation and not by when they first schedule', () => {
    const simulation = new Simulation();
    const log: string[] = [];
    const [first, second] = ['first', 'second'].map((name) => {
      const source: EventSource = new EventSource(simulation, 0, () => {
        log.push(name);
        simulation.schedule(source, Infinity);
      });
      return source;
    });
    if (first === undefined || second === undefined) throw new Error('two sources');
    simulation.schedule(second, 4);
    simulation.schedule(first, 4);
    simulation.runUntil(4);
    expect(log).toEqual(['first', 'second']);
  });

  it('takes in a source that schedules for the first time while the loop runs', () => {
    const simulation = new Simulation();
    const log: string[] = [];
    timetable(simulation, { name: 'clock', rank: 1, at: [1, 2, 3] }, log);
    const starter = new EventSource(simulation, 0, () => {
      simulation.schedule(starter, Infinity);
      timetable(simulation, { name: 'new', rank: 0, at: [2, 3] }, log);
    });
    simulation.schedule(starter, 1);
    simulation.runUntil(3);
    expect(log).toEqual(['1 clock', '2 new', '2 clock', '3 new', '3 clock']);
  });

  it('ends a run for ever when nothing is due any more', () => {
    const simulation = new Simulation();
    const log: string[] = [];
    timetable(simulation, { name: 'a', rank: 0, at: [5] }, log);
    simulation.runUntil(Infinity);
    expect(log).toEqual(['5 a']);
  });

  it('does not fire a source that was cleared', () => {
    const simulation = new Simulation();
    const log: string[] = [];
    const source = timetable(simulation, { name: 'a', rank: 0, at: [5] }, log);
    simulation.schedule(source, Infinity);
    simulation.runUntil(9);
    expect(log).toEqual([]);
  });

  it('runs forty timetables as a sorted list of all their entries would', () => {
    const entries = fc.array(fc.nat({ max: 20 }), { maxLength: 5 });
    const tables = fc.array(fc.tuple(fc.nat({ max: 3 }), entries), { maxLength: 40 });
    fc.assert(
      fc.property(tables, (all) => {
        const simulation = new Simulation();
        const log: string[] = [];
        const twin = all.flatMap(([rank, at], index) => {
          const sorted = at.toSorted((a, b) => a - b);
          timetable(simulation, { name: `${index}`, rank, at: sorted }, log);
          return sorted.map((instant) => ({ instant, rank, index }));
        });
        twin.sort((a, b) => a.instant - b.instant || a.rank - b.rank || a.index - b.index);
        simulation.runUntil(20);
        expect(log).toEqual(twin.map(({ instant, index }) => `${instant} ${index}`));
      }),
      fuzzed(300),
    );
  });
});
