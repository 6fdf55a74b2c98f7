/** Prints the contracts that are committed: schema.graphql and openapi.json. `npm run schema:print` after a change. */
import { writeFileSync } from 'node:fs';
import { printSchema } from 'graphql';
import { schema } from './index.ts';

writeFileSync('schema/schema.graphql', `${printSchema(schema)}\n`);
