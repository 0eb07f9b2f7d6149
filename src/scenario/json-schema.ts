/** The scenario format for editors. */
import { z } from 'zod';
import { poolJsonSchema } from './pool-json.ts';
import { poolerPool, poolSchema } from './pool-schema.ts';
import { scenarioSchema } from './scenario-schema.ts';

/**
 * JSON schema (draft 2020-12) of a scenario file: every key with its meaning, default and range. It is
 * what a file may hold key by key; rules between keys are only checked when a scenario is read.
 */
export function scenarioJsonSchema(): Record<string, unknown> {
  const { pool, pooler, defs } = poolJsonSchema();
  const schema = z.toJSONSchema(scenarioSchema, {
    io: 'input',
    // Examples are of what is written; zod takes them for what comes out, and drops them.
    override: ({ zodSchema, jsonSchema }) => {
      const examples: unknown = z.globalRegistry.get(zodSchema)?.['examples'];
      if (Array.isArray(examples)) jsonSchema.examples = examples;
      if (zodSchema === poolSchema) Object.assign(jsonSchema, pool);
      if (zodSchema === poolerPool) Object.assign(jsonSchema, pooler);
    },
  });

  return { title: 'Tidemark scenario', ...schema, $defs: { ...schema.$defs, ...defs } };
}
