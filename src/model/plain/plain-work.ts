/** The class of the request at hand, and how what was drawn for it becomes its work on a connection. */
import { exp } from '../../engine/math.ts';
import type { VariateStream } from '../../engine/variates.ts';
import { NO_RECONNECT } from '../request/request-table.ts';
import type { RequestClass, RequestMix } from '../service/request-mix.ts';
import { type PlainParts, PlainState } from './plain-state.ts';

/** `LAST_INSTANT`. */
const LAST = Number.MAX_SAFE_INTEGER;
/** Of the works that are written out here, one in so many and one is held against its law. */
const SAMPLE = 255;

export abstract class PlainWork extends PlainState {
  protected readonly mix: RequestMix;
  /** The class at hand, and how its work is made of its demand. */
  protected requestClass = -1;
  private demands!: VariateStream;
  private form = 0;
  private offset = -0;
  private scale = -0;
  /** What was drawn for the request at hand, and the work that it becomes. */
  protected demand = -0;
  protected drawn = -0;
  protected work = -0;
  /** Works begun, of which some are checked. */
  private began = 0;

  constructor(parts: PlainParts) {
    super(parts);
    this.mix = parts.service.mix;
    this.drawn = NO_RECONNECT;
  }

  /** Takes a class at hand. */
  protected take(requestClass: number): RequestClass {
    const taken = this.mix.classes[requestClass] as RequestClass;
    this.requestClass = requestClass;
    this.demands = taken.demands;
    this.form = taken.law.form;
    this.offset = taken.law.offset;
    this.scale = taken.law.scale;
    return taken;
  }

  /** Draws what belongs to the request that arrives. */
  protected draw(): void {
    this.demand = this.demands.next();
  }

  /** The work of the class at hand that the demand at hand becomes, by the plan in force now. */
  protected makeWork(): void {
    const { form } = this;
    let work = this.offset + this.scale * this.demand;
    if (form !== 0) work = form === 1 ? exp(work) : this.workByLaw();
    work = Math.floor(work + 0.5);
    if (work > LAST) work = LAST;
    this.work = work;
    if ((++this.began & SAMPLE) === 0 && this.workByLaw() !== this.work) this.sums.oddWork++;
  }

  private workByLaw(): number {
    const { law } = this.mix.classes[this.requestClass] as RequestClass;
    return law.duration(this.demand);
  }
}
