/** Loaded into a server with `node --import`: writes down the text of every statement that it sends to Postgres. */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

// The driver that the server in this folder uses, not ours.
const pg = createRequire(path.join(process.cwd(), 'package.json'))('pg');
const seen = new Set();
const query = pg.Client.prototype.query;
pg.Client.prototype.query = function (config, ...rest) {
  seen.add(typeof config === 'string' ? config : config.text);
  return query.call(this, config, ...rest);
};
process.on('exit', () => writeFileSync(process.env.STATEMENTS_FILE, JSON.stringify([...seen])));
