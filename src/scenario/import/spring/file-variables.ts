/** What placeholders of Spring's files stand for besides variables: other properties, and variables by dotted names. */
import type { VariableLayer, Variables } from '../variables.ts';
import type { Property } from './property.ts';

/** Variables with these properties below them: `${shop.pool-size:10}` is one of them, or SHOP_POOLSIZE. */
export function withProperties(
  variables: Variables,
  properties: ReadonlyMap<string, Property>,
): Variables {
  const all = [...properties.values()];
  return variables.above(...dotted(variables, all), ...all.flatMap(layerOf));
}

function layerOf({ parts, value, place }: Property): VariableLayer[] {
  const isText =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  if (!isText) return [];
  const name = parts.join('.');
  const kebab = name.replace(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase();
  const values = new Map([name, kebab].map((one) => [one, String(value)]));
  return [{ from: place.file, values, nested: true }];
}

/** Variables of the environment by the names that placeholders have for them. */
function dotted(variables: Variables, properties: readonly Property[]): VariableLayer[] {
  const texts = properties.map(({ value }) => (typeof value === 'string' ? value : ''));
  const names = texts.flatMap((text) =>
    [...text.matchAll(/\$\{\s*([\w.-]*[.-][\w.-]*)/g)].map((match) => match[1] ?? ''),
  );
  return [...new Set(names)].flatMap((name) => {
    const upper = name.replace(/\./g, '_').toUpperCase();
    const found = [upper.replace(/-/g, ''), upper.replace(/-/g, '_')]
      .map((spelling) => variables.find(spelling))
      .find((one) => one !== undefined);
    return found === undefined
      ? []
      : [{ from: found.from, values: new Map([[name, found.value]]) }];
  });
}
