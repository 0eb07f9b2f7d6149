/** What a real product would correct or warn of when it starts with the settings of a scenario. */
import { startUpNotices } from '../model/pool/profiles/resolve-profile.ts';
import { entry, valueAt, type Path } from './path.ts';
import { keyOfPool } from './pool-key.ts';
import type { WrittenPool } from './pool-schema.ts';
import { problem, type Problem } from './problem.ts';
import { resolveProfile, settingNamed, type Profile, type NativeValues } from './profiles.ts';
import type { WrittenScenario } from './scenario-schema.ts';

/** Notices of all pools, each at the setting that it is about. */
export function poolNotices(written: WrittenScenario, document: unknown): Problem[] {
  const { service, services = {} } = written;
  const pools: [Path, WrittenPool][] = [
    ...(service === undefined ? [] : [[['service', 'pool'], service.pool] as [Path, WrittenPool]]),
    ...Object.entries(services).map(([name, { pool }]): [Path, WrittenPool] => [
      ['services', name, 'pool'],
      pool,
    ]),
  ];
  return pools.flatMap(([path, pool]) => noticesAt(path, pool, document));
}

function noticesAt(path: Path, pool: WrittenPool, document: unknown): Problem[] {
  if (!('product' in pool)) return [];
  const { product, values } = pool;
  const notices = startUpNotices(product, values).map(({ settings, says }) => {
    const name = settings.find((one) => one in values);
    return problem(placeOf(path, name, document), 'start-up', says.replace(/\.$/, ''));
  });
  const idle = Object.keys(values).filter((name) => isWithoutEffect(product, values, name));
  return [
    ...notices,
    ...idle.map((name) => {
      const message = `changes nothing in the simulation. ${settingNamed(product, name)?.note ?? ''}`;
      return problem(placeOf(path, name, document), 'no-effect', message.replace(/\.$/, ''));
    }),
  ];
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

function placeOf(path: Path, name: string | undefined, document: unknown): Path {
  const pool = valueAt(document, path);
  if (name === undefined || typeof pool !== 'object' || pool === null) return path;
  const key = keyOfPool(pool as Record<string, unknown>, name);
  return entry(pool, key) === undefined ? path : [...path, key];
}
