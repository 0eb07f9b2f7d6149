/** Settings of the pool in the URL of a Rails database: `url: postgres://…?pool=10`. */
import { profileOf } from '../written.ts';
import { isShown } from '../url-pools.ts';
import { isDatabaseUrl, urlParameters } from '../database-url.ts';
import type { Written } from '../found-pool.ts';
import { erbIn } from '../syntax/erb.ts';
import type { Variables } from '../variables.ts';
import { rubyPlaceholder } from './ruby-placeholder.ts';

/** Rails takes it into account without being told to. */
const USUAL = 'DATABASE_URL';

/**
 * The parameters of the URL that stands in the file, or in a variable which is given; none when it is not
 * known, null when it cannot be taken apart. What a variable holds is not put on record, because a password
 * is in it.
 */
export function settingsInUrl(
  url: Written | undefined,
  otherwise: Pick<Written, 'place'>,
  variables: Variables,
): Written[] | null {
  const text = url === undefined ? variables.find(USUAL)?.value : urlIn(url.value, variables);
  if (text === undefined || !isDatabaseUrl(text)) return [];
  const key = url?.key ?? USUAL;
  const { place } = url ?? otherwise;
  const parameters = urlParameters(text);
  if (parameters === null && isShown(text, profileOf('activerecord'))) return null;
  return (parameters ?? []).map(({ name, value }) => {
    return { name, key: `${key}?${name}`, value, place };
  });
}

function urlIn(value: unknown, variables: Variables): string | undefined {
  if (typeof value !== 'string') return undefined;
  const ruby = erbIn(value);
  if (ruby === null) return value;
  const [, name = '', fallback] =
    /^\$\{(\w+)(?::-([\s\S]*))?\}$/.exec(rubyPlaceholder(ruby) ?? '') ?? [];
  return variables.find(name)?.value ?? fallback;
}
