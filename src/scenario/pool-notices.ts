/** What a real product would correct or warn of when it starts with the settings of a scenario. */
import type { EntryChange } from './changes.ts';
import { locate } from './document-path.ts';
import { entry, isMap, startsWith, valueAt, type Path } from './path.ts';
import { keyOfPool } from './pool-key.ts';
import { problem, type Problem } from './problem.ts';
import { productPools, type ProductPool } from './product-pools.ts';
import {
  resolveProfile,
  settingNamed,
  startUpNotices,
  type Profile,
  type NativeValues,
} from './profiles.ts';

/** Notices of all pools at the start of the run, each at the setting that it is about. */
export function poolNotices(document: unknown): Problem[] {
  return productPools(document).flatMap((pool) =>
    noticesOf(pool).map((notice) => {
      const name = notice.settings.find((one) => one in pool.values);
      return problem(placeInPool(pool.path, name, document), notice.code, notice.message);
    }),
  );
}

/**
 * What becomes of settings that the timeline sets, where that is more than was said before. `changes`: of
 * each entry, from the document at the start of the run on.
 */
export function timelineNotices(document: unknown, changes: readonly EntryChange[]): Problem[] {
  let before = document;
  return changes.flatMap(({ settings, document: after }, i) => {
    const from = before;
    if (settings === null) return [];
    before = after;
    return noticesOfEntry(from, after, i);
  });
}

function noticesOfEntry(before: unknown, after: unknown, i: number): Problem[] {
  const said = new Map(productPools(before).map((pool) => [pool.service, noticesOf(pool)]));
  return productPools(after).flatMap((pool) =>
    noticesOf(pool).flatMap(({ key, settings, code, message }) => {
      const path = placeInEntry(after, i, pool.path, settings);
      const earlier = said.get(pool.service)?.find((notice) => notice.key === key);
      const isNew = earlier === undefined || (earlier.message !== message && path.isFirst);
      return isNew ? [problem(path.at, code, message)] : [];
    }),
  );
}

interface Notice {
  /** Notices with the same one say the same. */
  readonly key: string;
  readonly settings: readonly string[];
  readonly code: string;
  readonly message: string;
}

function noticesOf({ product, values }: ProductPool): Notice[] {
  const corrections = startUpNotices(product, values).map(({ settings, says, takes }): Notice => {
    const isCorrected = Object.keys(takes).length > 0;
    // A mere warning stays the same when other figures stand in it.
    const key = `${settings.join(' ')} ${isCorrected ? says : ''}`;
    return { key, settings, code: 'start-up', message: says.replace(/\.$/, '') };
  });
  const idle = Object.keys(values).filter((name) => isWithoutEffect(product, values, name));
  const without = idle.map((name): Notice => {
    const message = `changes nothing in the simulation. ${settingNamed(product, name)?.note ?? ''}`;
    const settings = [name];
    return {
      key: `no-effect ${name}`,
      settings,
      code: 'no-effect',
      message: message.replace(/\.$/, ''),
    };
  });
  return [...corrections, ...without];
}

/** A setting that the product has and the simulation has no use for, if somebody changed it. */
function isWithoutEffect(product: Profile, values: NativeValues, name: string): boolean {
  const setting = settingNamed(product, name);
  if (setting === undefined || setting.sets !== null || values[name] === setting.default) {
    return false;
  }
  const without = { ...values, [name]: null };
  const [there, gone] = [values, without].map((v) => signature(resolveProfile(product, v)));
  return there === gone;
}

/** The text of settings; JSON alone would take Infinity for null. */
function signature(settings: object): string {
  return JSON.stringify(settings, (_key, value: unknown) =>
    typeof value === 'number' ? String(value) : value,
  );
}

function placeInPool(path: Path, name: string | undefined, document: unknown): Path {
  const pool = valueAt(document, path);
  if (name === undefined || !isMap(pool)) return path;
  const key = keyOfPool(pool, name);
  return entry(pool, key) === undefined ? path : [...path, key];
}

/** Where an entry has brought a notice about. */
interface PlaceInEntry {
  readonly at: Path;
  /** It sets the very setting that the notice is about first of all. */
  readonly isFirst: boolean;
}

/** The `set` that changes one of the settings; any of the entry that is about the pool otherwise. */
function placeInEntry(
  document: unknown,
  i: number,
  path: Path,
  settings: readonly string[],
): PlaceInEntry {
  const at: Path = ['timeline', i, 'set'];
  const set = valueAt(document, at);
  const texts = Object.keys(isMap(set) ? set : {});
  const leadingTo = (target: Path): string | undefined =>
    texts.find((text) => {
      const place = locate(document, text);
      return place.ok && startsWith(place.value, target);
    });
  const places = settings.map((name) => placeInPool(path, name, document));
  const found = places.map((place) => (place === path ? undefined : leadingTo(place)));
  const text = found.find((one) => one !== undefined) ?? leadingTo(path);
  return { at: text === undefined ? at : [...at, text], isFirst: found[0] !== undefined };
}
