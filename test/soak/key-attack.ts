/** The figures of the attack on keys, on a machine that does nothing else. */
import { attackKeys } from '../support/key-attack.ts';
import { givenPostgres } from './database-server.ts';
import type { SoakPiece } from './piece.ts';

export const keyAttackSoak: SoakPiece = {
  name: 'key-attack',
  share: 1,
  async run(minutes) {
    const figures = await attackKeys({ seconds: minutes * 60, serverUrl: givenPostgres() });
    console.log(figures);
    const { attackers, warm, cold, compares, lagP99Ms } = figures;
    console.log(`warm p99 ${warm.p99Ms} ms (goal: below 20), event loop lag p99 ${lagP99Ms} ms (goal: below 50)`);
    const refused = [...warm.statuses, ...cold].some((status) => status !== 200);
    if (refused) throw new Error('a partner was refused');
    if (Object.keys(attackers).some((status) => !['401', '503'].includes(status))) throw new Error('an attacker was let in');
    if (compares !== cold.length + 1) throw new Error(`${compares} bcrypts for ${cold.length} new keys and one whose hash was replaced`);
  },
};
