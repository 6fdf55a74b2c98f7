/** A process of 16 clients that try keys on a server until they are told to stop: `key-attackers.ts <url> <keys as JSON>`. */
import { randomFrom } from './random.ts';

const [url = '', keys = '[]'] = process.argv.slice(2);
const tried = JSON.parse(keys) as [string, ...string[]];
const statuses: Record<string, number> = {};
let over = false;
process.on('SIGTERM', () => {
  over = true;
});

async function attack(client: number) {
  const random = randomFrom(client);
  const anywhere = () => `203.0.113.${random.below(255)}`;
  while (!over) {
    // Half of them come from one address, half from many.
    const address = client % 2 ? '198.51.100.1' : anywhere();
    const response = await fetch(`${url}/api/workout-templates`, {
      headers: { 'X-API-Key': random.pick(tried), 'X-Forwarded-For': address },
    });
    await response.arrayBuffer();
    statuses[response.status] = (statuses[response.status] ?? 0) + 1;
  }
}

await Promise.all(Array.from({ length: 16 }, (_, client) => attack(client)));
console.log(JSON.stringify(statuses));
