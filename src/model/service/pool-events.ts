/** What a pool asks of the way of requests, which is built after it. */
import type { PoolEvents } from '../pool/connection-pool.ts';
import type { PoolWay } from './pool-way.ts';

/** What a pool asks of a way that is built after it. */
export function poolEventsOf(way: () => PoolWay): PoolEvents {
  return {
    openingStarted: (id, delay) => {
      way().openingStarted(id, delay);
    },
    closing: (instance) => {
      way().closing(instance);
    },
    gone: (number) => {
      way().gone(number);
    },
    idleTimerSet: (payload, at) => {
      way().idleTimerSet(payload, at);
    },
    stepSet: (payload, at) => {
      way().stepSet(payload, at);
    },
    served: (slot, openedSince) => {
      way().served(slot, openedSince);
    },
    opensItself: (slot) => {
      way().opensItself(slot);
    },
    checked: (slot) => {
      way().checked(slot);
    },
    waitsAgain: (slot) => {
      way().waitsAgain(slot);
    },
    failed: (slot) => {
      way().failed(slot);
    },
  };
}
