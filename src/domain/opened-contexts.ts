/** From the secret in an address to the link and the runner behind it: every reading of a context begins here. */
import { type ContextLink, Prisma, type Runner } from '../../prisma/generated/client/client.ts';
import type { Context } from './context.ts';
import { DomainError, notFound } from './errors.ts';
import { localDate } from './local-dates.ts';
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
  return { ...found, token, url: contextUrl(ctx.publicUrl, token) };
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

const linkColumns = Object.values(Prisma.ContextLinkScalarFieldEnum);
const runnerColumns = Object.values(Prisma.RunnerScalarFieldEnum);

// As text where the driver would take a day for a moment of this machine's time zone.
const columnOf = (table: string, column: string) =>
  column === 'birthDate' ? `to_char(${table}."birthDate", 'YYYY-MM-DD')` : `${table}."${column}"`;

const selected = (table: string, columns: readonly string[]) =>
  columns.map((column) => `${columnOf(table, column)} AS "${table}.${column}"`).join(', ');

const linkByToken = {
  name: 'context-link-by-token',
  text: `SELECT ${selected('link', linkColumns)}, ${selected('runner', runnerColumns)}
    FROM "ContextLink" AS link JOIN "Runner" AS runner ON runner."id" = link."runnerId" WHERE link."tokenHash" = $1`,
};

async function findLink({ run }: Context, tokenHash: string): Promise<Pick<OpenedContext, 'link' | 'runner'> | null> {
  const [row] = await run<Record<string, unknown>>(linkByToken, [tokenHash]);
  if (!row) return null;
  const part = (name: string, columns: readonly string[]) =>
    Object.fromEntries(columns.map((column) => [column, row[`${name}.${column}`]]));
  const runner = part('runner', runnerColumns) as Omit<Runner, 'birthDate' | 'revision'> & { birthDate: string | null; revision: string };
  const { birthDate, revision } = runner;
  return {
    link: part('link', linkColumns) as ContextLink,
    runner: { ...runner, birthDate: birthDate === null ? null : new Date(birthDate), revision: BigInt(revision) },
  };
}
