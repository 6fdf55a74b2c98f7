/** Rows in numbers, written past the API, which would take a bcrypt for each key. */
import type { Db } from '../../src/platform/database.ts';

/** Partners with these numbers, each with two keys that nobody holds. */
export async function insertPartners(db: Db, from: number, to: number): Promise<void> {
  for (let index = from; index < to; index++) {
    const keys = ['a', 'b'].map((name) => ({
      lookup: `${name}${String(index).padStart(11, '0')}`,
      secretHash: 'x',
      environment: 'TEST' as const,
      scopes: ['workout-templates:read'],
      requestsPerMinute: 60,
      requestsPerDay: 10_000,
    }));
    await db.partner.create({ data: { name: `partner-row-${index}`, apiKeys: { create: keys } } });
  }
}

export interface EventRow {
  at: Date;
  actorKind: string;
  actorId: string;
  action: string;
  targetType: string;
  targetId: string;
}

export async function insertAuditEvents(db: Db, rows: EventRow[]): Promise<void> {
  await db.auditEvent.createMany({ data: rows });
}

/** Events with these numbers. Three of them share a time, so that their order hangs on more than that. */
export const eventRows = (from: number, to: number): EventRow[] =>
  Array.from({ length: to - from }, (_, offset) => {
    const index = from + offset;
    return {
      at: new Date(Date.UTC(2020, 0, 1, 0, Math.floor(index / 3))),
      actorKind: index % 5 === 0 ? 'coach' : 'operator',
      actorId: `actor-${index % 7}`,
      action: `noun.verb-${index % 4}`,
      targetType: `Type${index % 2}`,
      targetId: `target-${index % 11}`,
    };
  });
