/** What is wrong with the arguments of a function of the library. */
import type { Fault } from '../scenario/fault.ts';
import { InputError } from '../scenario/input-error.ts';
import { freeText } from '../scenario/scalars.ts';
import { show, type Reading } from '../scenario/reading.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** Collects all faults of a call, as messages name it: `check: budget: 5 is out of range …`. */
export class FaultyArguments {
  private readonly call: string;
  private readonly faults: Fault[] = [];

  constructor(call: string) {
    this.call = call;
  }

  /** @param path which argument: `budget`, `scenarios[1].before`; empty for the only one */
  add(path: string, code: string, message: string): void {
    this.faults.push({ file: this.call, line: null, column: null, path, code, message });
  }

  /** The value of an option; undefined when it was left out, or is wrong. */
  read<V, T>(path: string, value: V | undefined, parse: (value: V) => Reading<T>): T | undefined {
    if (value === undefined) return undefined;
    const found = parse(value);
    if (found.ok) return found.value;
    this.add(path, found.code, found.message);
    return undefined;
  }

  /** Those who write no types give paths, promises and readings, too. */
  scenario(path: string, value: unknown): void {
    if (!isScenario(value)) this.add(path, 'wrong-type', whatItIs(value));
  }

  /** @throws InputError when there are any */
  throwIfAny(): void {
    if (this.faults.length > 0) throw new InputError(this.faults);
  }
}

/** A seed is a text or a number. */
export function parseSeed(value: unknown): Reading<string> {
  const found = freeText.safeParse(value);
  const isNumber = typeof value === 'number';
  if (found.success && (!isNumber || Number.isFinite(value)))
    return { ok: true, value: found.data };
  return {
    ok: false,
    code: 'wrong-type',
    message: `${show(value)} is no seed: a text or a number`,
  };
}

function isScenario(value: unknown): value is Scenario {
  return isObject(value) && 'system' in value && 'objectives' in value && 'durationNs' in value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function whatItIs(value: unknown): string {
  if (value instanceof Promise) return 'is a promise; await the scenario first';
  if (isObject(value) && 'scenario' in value && isScenario(value.scenario)) {
    return 'is what parseScenario returns; the scenario is its `scenario`';
  }
  const how = 'loadScenario and parseScenario make one';
  return `${typeof value === 'function' ? 'a function' : show(value)} is no scenario; ${how}`;
}
