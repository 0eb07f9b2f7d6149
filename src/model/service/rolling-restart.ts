/**
 * A rolling restart: one instance after another takes no new requests for a while. What it has goes on;
 * what is still there at the end is lost with the old process, and the new one starts as the run started.
 */
import { EventSource, type Simulation } from '../../engine/simulation.ts';
import { RANK } from '../schedule/ranks.ts';
import type { Service } from './service.ts';

export class RollingRestart {
  private readonly service: Service;
  private readonly simulation: Simulation;
  private readonly eachNs: number;
  private readonly source: EventSource;
  /** The instance that is out. */
  private current = 0;
  private last = -1;

  constructor(service: Service, simulation: Simulation, eachNs: number) {
    this.service = service;
    this.simulation = simulation;
    this.eachNs = eachNs;
    this.source = new EventSource(simulation, RANK.change, () => {
      this.next();
    });
  }

  /** Takes the first instance out now. */
  begin(): void {
    this.last = this.service.settings.instances - 1;
    this.takeOut();
  }

  private takeOut(): void {
    this.service.drain(this.current);
    this.simulation.schedule(this.source, this.simulation.now + this.eachNs);
  }

  private next(): void {
    const { accepting, watch } = this.service.balancer;
    if (accepting[this.current] === 1) watch.faults++;
    this.service.replace(this.current);
    this.current++;
    if (this.current <= this.last) this.takeOut();
    else this.simulation.schedule(this.source, Infinity);
  }
}
