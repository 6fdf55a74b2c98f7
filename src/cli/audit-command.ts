/** The command that reads the audit log. */
import { type Ask, CommandError } from './client.ts';
import type { Command } from './command.ts';
import { table } from './terminal.ts';

interface AuditEvent {
  at: string;
  actorKind: string;
  actorId: string | null;
  action: string;
  targetType: string;
  targetId: string | null;
  details: Record<string, unknown>;
}

interface EventsPage {
  auditEvents: { pageInfo: { hasNextPage: boolean; endCursor: string | null }; edges: { node: AuditEvent }[] };
}

const pageSizeMax = 100;

const document = `query ($first: Int, $after: String, $actor: String, $target: String, $action: String, $since: DateTime) {
  auditEvents(first: $first, after: $after, actor: $actor, target: $target, action: $action, from: $since) {
    pageInfo { hasNextPage endCursor }
    edges { node { id at actorKind actorId action targetType targetId details requestId } } } }`;

export const auditCommand: Command = {
  name: 'audit',
  description: 'list who did what, newest first',
  options: {
    '--actor <id>': 'only what this actor did',
    '--target <id>': 'only what was done to this',
    '--action <noun.verb>': 'only this, such as api-key.revoke',
    '--since <instant>': 'only from this RFC 3339 instant on',
    '--limit <number>': 'at most so many; 100 unless said otherwise',
  },
  run: (ask, _args, { limit, ...filter }) => listEvents(ask, filter, limit === undefined ? pageSizeMax : countOf(limit)),
  render: ({ auditEvents }) =>
    table(
      ['at', 'actor', 'action', 'target', 'details'],
      (auditEvents as AuditEvent[]).map(({ at, actorKind, actorId, action, targetType, targetId, details }) => [
        at,
        `${actorKind.toLowerCase()} ${actorId ?? ''}`.trim(),
        action,
        `${targetType} ${targetId ?? ''}`.trim(),
        Object.keys(details).length === 0 ? '' : JSON.stringify(details),
      ]),
    ),
};

async function listEvents(ask: Ask, filter: Record<string, unknown>, limit: number): Promise<Record<string, unknown>> {
  const events: AuditEvent[] = [];
  let after: string | null = null;
  for (;;) {
    const first = Math.min(pageSizeMax, limit - events.length);
    const { auditEvents } = (await ask(document, { ...filter, first, after })) as unknown as EventsPage;
    events.push(...auditEvents.edges.map(({ node }) => node));
    if (!auditEvents.pageInfo.hasNextPage || events.length >= limit) return { auditEvents: events };
    after = auditEvents.pageInfo.endCursor;
  }
}

function countOf(text: unknown): number {
  if (!/^[1-9]\d{0,8}$/.test(String(text))) throw new CommandError(`--limit takes a whole number of events, not ${JSON.stringify(text)}.`);
  return Number(text);
}
