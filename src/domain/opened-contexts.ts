/** From the secret in an address to the link and the runner behind it: every reading of a context begins here. */
import type { ContextLink, Runner } from '../../prisma/generated/client/client.ts';
import { asked } from '../platform/lookups.ts';
import type { Context } from './context.ts';
import { DomainError, notFound } from './errors.ts';
import { localDate } from './local-dates.ts';
import { epochMs, instantOf } from './rows-as-json.ts';
import { contextUrl } from './runner-context/addresses.ts';

export interface OpenedContext {
  token: string;
  link: ContextLink;
  runner: Runner;
  /** The address that the token stands in. */
  url: string;
}

/**
 * The link that a token stands for, its runner and its address. Counts one read of the link, or one miss; what the request
 * has opened before is not counted again.
 *
 * @throws NOT_FOUND for a token that is unknown, rotated or expired; FORBIDDEN while sharing is off; RATE_LIMITED.
 */
export async function openContext(ctx: Context, token: string): Promise<OpenedContext> {
  if (ctx.opened?.token === token) return ctx.opened;
  const { tokens, limits } = ctx.contextLinks;
  const tokenHash = tokens.hash(token);
  const found = tokenHash === null ? null : await findLink(ctx, tokenHash);
  if (!found || (found.link.expiresAt && found.link.expiresAt <= ctx.now())) {
    const overrun = await limits.countMiss(ctx.client.address);
    if (overrun) throw tooMany('unknown tokens', overrun);
    throw notFound();
  }
  const overrun = await limits.countRead(found.link.id);
  if (overrun) throw tooMany('requests', overrun);
  if (!found.runner.sharingEnabled) throw new DomainError('FORBIDDEN', 'This runner has turned sharing off.');
  return { token, url: contextUrl(ctx.publicUrl, token), ...found };
}

/** What everything that is read of a runner is known by, for as long as it is at hand. */
export const runnerAtHand = (runnerId: string) => `context ${runnerId} `;

/**
 * Names the state that everything read through the link is a function of: the runner's revision moves with their rows and
 * with the link, and the rest is the day that it is for them.
 */
export const stateOf = ({ link, runner }: OpenedContext, now: Date): string =>
  `${runnerAtHand(runner.id)}${link.id} ${runner.revision} ${localDate(now, runner.timezone)}`;

const tooMany = (what: string, { limit, retryAfterSeconds }: { limit: number; retryAfterSeconds: number }) =>
  new DomainError('RATE_LIMITED', `More than ${limit} ${what} in a minute. Try again in ${retryAfterSeconds} s.`, { retryAfterSeconds });

/** Both rows as JSON has them. */
interface FoundLink {
  link: Omit<ContextLink, 'expiresAt' | 'rotatedAt'> & { rotatedAt: string };
  /** The link's. */
  expiresAtMs: number | null;
  runner: Omit<Runner, 'birthDate' | 'revision' | 'createdAt'> & { birthDate: string | null; createdAt: string };
  /** The runner's, as text: JSON's numbers end at 2^53. */
  revision: string;
}

// OFFSET keeps the planner, who does not know how few links are asked for, from reading every runner.
const linkByToken = {
  name: 'context-link-by-token',
  text: `SELECT link."tokenHash" AS "key", json_build_object('link', link, 'runner', runner, 'expiresAtMs', ${epochMs('link."expiresAt"')},
      'revision', runner."revision"::text) AS "found"
    FROM "ContextLink" AS link CROSS JOIN LATERAL (SELECT * FROM "Runner" WHERE "id" = link."runnerId" OFFSET 0) AS runner
    WHERE link."tokenHash" = ANY(${asked})`,
};

async function findLink({ lookUp }: Context, tokenHash: string): Promise<Pick<OpenedContext, 'link' | 'runner'> | null> {
  const found = await lookUp<FoundLink>(linkByToken, tokenHash);
  if (!found) return null;
  const { link, runner, revision, expiresAtMs } = found;
  return {
    link: { ...link, expiresAt: instantOf(expiresAtMs), rotatedAt: new Date(link.rotatedAt) },
    runner: {
      ...runner,
      birthDate: runner.birthDate === null ? null : new Date(runner.birthDate),
      createdAt: new Date(runner.createdAt),
      revision: BigInt(revision),
    },
  };
}
