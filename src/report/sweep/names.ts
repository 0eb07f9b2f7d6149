/** How a sweep's report calls what is varied, and its values. */
import { setsAt, type Variation } from '../../experiment/sweep/grid.ts';
import { oneLine, shorten } from '../text.ts';
import { listed } from '../words.ts';

/** A map as a value may be long. */
const MOST_COLUMNS = 30;

export function valueWords(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return shorten(oneLine(text), MOST_COLUMNS);
}

/** `max` for `service.pool.max`; as much more of it as tells it from the others. */
export function shortName(path: string, paths: readonly string[]): string {
  const steps = path.split('.');
  for (let taken = 1; taken < steps.length; taken++) {
    const name = steps.slice(-taken).join('.');
    const twins = paths.filter((other) => other === name || other.endsWith(`.${name}`));
    if (twins.length <= 1) return name;
  }
  return path;
}

/** `service.pool.max = 20 and service.pool.acquireTimeout = 1s` */
export function pointWords(variations: readonly Variation[], point: number): string {
  const sets = Object.entries(setsAt(variations, point));
  return listed(sets.map(([path, value]) => `${path} = ${valueWords(value)}`));
}

/** `service.pool.max from 5 to 50 (10 values)` */
export function variationWords({ path, values, ascending }: Variation): string {
  const [first, last] = [valueWords(values[0]), valueWords(values.at(-1))];
  if (values.length === 1) return `${path} = ${first}`;
  const size = `(${values.length} values)`;
  if (ascending && values.length > 2) return `${path} from ${first} to ${last} ${size}`;
  if (values.length > 6) return `${path} ${size}`;
  return `${path} ${listed(values.map(valueWords))}`;
}
