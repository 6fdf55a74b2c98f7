/** Writes the contracts that are committed. `npm run schema:print` after a change; it records the examples first. */
import { writeFileSync } from 'node:fs';
import { printContracts } from './contracts.ts';

for (const [file, text] of Object.entries(printContracts())) writeFileSync(file, text);
