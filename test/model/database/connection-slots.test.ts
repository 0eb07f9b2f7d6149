import { describe, expect, it } from 'vitest';
import { ConnectionSlots } from '../../../src/model/database/connection-slots.ts';
import { databaseSettings } from '../../support/small-system.ts';

const settings = databaseSettings({
  maxConnections: 10,
  reservedConnections: 3,
  otherConnections: 5,
});

describe('the connections that a server admits', () => {
  it('are max less the reserved ones and those of others; beyond it they are refused', () => {
    const slots = new ConnectionSlots(settings);
    expect([slots.take(), slots.take(), slots.take()]).toEqual([true, true, false]);
    expect([slots.open, slots.peak, slots.refused]).toEqual([2, 2, 1]);
  });

  it('come free when one is given back; the peak stays', () => {
    const slots = new ConnectionSlots(settings);
    for (let i = 0; i < 2; i++) slots.take();
    slots.giveBack();
    expect([slots.open, slots.peak, slots.take(), slots.take()]).toEqual([1, 2, true, false]);
  });

  it('follow a changed limit: those that are open beyond it stay, no new one comes', () => {
    const slots = new ConnectionSlots(settings);
    for (let i = 0; i < 2; i++) slots.take();
    slots.apply({ ...settings, otherConnections: 6 });
    slots.giveBack();
    expect([slots.open, slots.take()]).toEqual([1, false]);
    slots.apply({ ...settings, otherConnections: 0 });
    expect(slots.take()).toBe(true);
  });

  it('are none when everything is reserved or taken by others', () => {
    const slots = new ConnectionSlots({ ...settings, otherConnections: 9 });
    expect(slots.take()).toBe(false);
  });
});
