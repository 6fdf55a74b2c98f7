/** Runners: who they are, and the end of everything that is known of them. */
import { z } from 'zod';
import type { Prisma, Runner } from '../../prisma/generated/client/client.ts';
import { recordAuditEvent } from './audit-events.ts';
import type { Context, Tx } from './context.ts';
import { DomainError, invalid } from './errors.ts';
import { isId, newId } from './ids.ts';
import { parseInput } from './input.ts';
import { withoutNulls } from './json.ts';
import { localDate } from './local-dates.ts';
import { runnerAtHand } from './opened-contexts.ts';
import { permit } from './permissions.ts';
import { type RunnerFieldName, runnerFields, username } from './runner-fields.ts';
import { changeSubject, claimSubject, runnerSubject } from './runner-subjects.ts';

const { units, timezone, birthDate, sex, heightCm, runningSince, weeklyFrequency } = runnerFields;
const optional = {
  birthDate: birthDate.nullish(),
  sex: sex.nullish(),
  heightCm: heightCm.nullish(),
  runningSince: runningSince.nullish(),
  weeklyFrequency: weeklyFrequency.nullish(),
};
const createInput = z.strictObject({
  username,
  subject: runnerSubject.nullish(),
  units: units.nullish(),
  timezone: timezone.nullish(),
  ...optional,
});
// Units and time zone are always known: null cannot clear them.
const updateInput = z.strictObject({
  username: username.optional(),
  subject: runnerSubject.nullish(),
  units: units.optional(),
  timezone: timezone.optional(),
  ...optional,
});

/** What a new runner is made of; units and time zone are metric and UTC unless said. */
export type NewRunner = { username: string; subject?: string } & Partial<Pick<Prisma.RunnerUncheckedCreateInput, RunnerFieldName>>;

/**
 * Lets through those who may see and change everything of this runner.
 *
 * @throws UNAUTHENTICATED, FORBIDDEN; for other runners NOT_FOUND, whether this one exists or not.
 */
export function requireRunnerAccess(ctx: Context, runnerId: string): void {
  if (!mayAccessRunner(ctx, runnerId)) throw runnerNotFound(runnerId);
}

function mayAccessRunner({ caller }: Context, runnerId: string): boolean {
  const reach = permit(caller, 'runners.manage');
  return reach === 'all' || (caller.kind === 'runner' && caller.runnerId === runnerId);
}

const runnerNotFound = (id: string) => new DomainError('NOT_FOUND', `There is no runner with the id ${JSON.stringify(id)}.`);

/** The id of the runner whose sessions have this subject; null when there is none. */
export async function findRunnerIdBySubject(db: Context['db'], subject: string): Promise<string | null> {
  return (await db.runner.findUnique({ where: { subject }, select: { id: true } }))?.id ?? null;
}

/**
 * Gives the new runner, who shares nothing yet.
 *
 * @throws INVALID with every fault; CONFLICT when the username or the subject is taken.
 */
export async function createRunner(ctx: Context, input: unknown): Promise<Runner> {
  permit(ctx.caller, 'runners.create');
  const data = withoutNulls(parseInput(createInput, input)) as NewRunner & { birthDate?: Date };
  requireBorn(ctx, data.birthDate);
  return ctx.db.$transaction(async (tx) => {
    await requireFreeUsername(ctx, tx, data.username);
    if (data.subject) await claimSubject(ctx, tx, data.subject);
    return insertRunner(ctx, tx, data);
  });
}

/** Writes a runner with their default context link. The audit log keeps no more of a runner than the id. */
export async function insertRunner(ctx: Context, tx: Tx, data: NewRunner): Promise<Runner> {
  const [id, linkId] = [newId(), newId()];
  const defaultLink = { id: linkId, label: defaultLinkLabel, isDefault: true, rotatedAt: ctx.now() };
  const runner = await tx.runner.create({
    data: {
      id,
      subject: id,
      ...data,
      createdAt: ctx.now(),
      contextLinks: { create: { ...defaultLink, ...ctx.contextLinks.tokens.mint(linkId) } },
    },
  });
  await recordAuditEvent(ctx, tx, { action: 'runner.create', targetType: 'Runner', targetId: runner.id });
  return runner;
}

export const defaultLinkLabel = 'Default';

/**
 * Changes what the patch names and gives the runner: an omitted field stays, null clears it. With another time zone
 * every run that knows its time moves to the day it then falls on. Without a subject it is the id again.
 *
 * @throws INVALID with every fault; NOT_FOUND; CONFLICT when the username or the subject is taken; FORBIDDEN for a runner's
 * own subject.
 */
export async function updateRunner(ctx: Context, id: string, patch: unknown): Promise<Runner> {
  requireRunnerAccess(ctx, id);
  const { subject, ...data } = parseInput(updateInput, patch);
  requireBorn(ctx, data.birthDate);
  return ctx.db.$transaction(async (tx) => {
    const before = await lockRunner(tx, id);
    if (data.username && data.username !== before.username) await requireFreeUsername(ctx, tx, data.username);
    if (subject !== undefined) await changeSubject(ctx, tx, before, subject ?? id);
    const runner = await tx.runner.update({ where: { id }, data: { ...data, ...(subject !== undefined && { subject: subject ?? id }) } });
    if (runner.timezone !== before.timezone) await moveRunsToLocalDays(tx, runner);
    // Which fields, never their values: the log outlives the runner.
    const fields = Object.keys(data);
    if (fields.length > 0)
      await recordAuditEvent(ctx, tx, { action: 'runner.update', targetType: 'Runner', targetId: id, details: { fields } });
    return runner;
  });
}

/**
 * Erases the runner, everything of theirs and every link, and gives the id. Nothing but that id remains, in the
 * audit log.
 *
 * @throws NOT_FOUND.
 */
export async function deleteRunner(ctx: Context, id: string): Promise<string> {
  requireRunnerAccess(ctx, id);
  await ctx.db.$transaction(async (tx) => {
    const runner = await lockRunner(tx, id);
    await tx.runner.delete({ where: { id: runner.id } });
    await recordAuditEvent(ctx, tx, { action: 'runner.delete', targetType: 'Runner', targetId: runner.id });
  });
  ctx.atHand.forget(runnerAtHand(id));
  return id;
}

/** The runner by id or by username; null when there is none, or none that the caller may know of. `query` is what the schema selects along with it. */
export async function findRunner(
  ctx: Context,
  { id, username: name }: { id?: string | null; username?: string | null },
  query: Prisma.RunnerDefaultArgs = {},
): Promise<Runner | null> {
  if ((id == null) === (name == null)) throw new DomainError('INVALID', 'Name the runner by id or by username.');
  const where = id != null ? { id } : { username: (name ?? '').trim().toLowerCase() };
  const runner = id != null && !isId(id) ? null : await ctx.db.runner.findUnique({ ...query, where });
  permit(ctx.caller, 'runners.manage');
  return runner && mayAccessRunner(ctx, runner.id) ? runner : null;
}

/** The runner, held until the transaction ends, so that writers of one runner come one after another. @throws NOT_FOUND. */
export async function lockRunner(tx: Tx, id: string): Promise<Runner> {
  if (isId(id)) await tx.$queryRaw`SELECT 1 FROM "Runner" WHERE "id" = ${id}::uuid FOR UPDATE`;
  const runner = isId(id) ? await tx.runner.findUnique({ where: { id } }) : null;
  if (!runner) throw runnerNotFound(id);
  return runner;
}

function requireBorn(ctx: Context, date: Date | null | undefined): void {
  if (date && date > ctx.now()) throw invalid([{ path: 'birthDate', message: 'lies in the future' }]);
}

async function requireFreeUsername({ caller }: Context, tx: Tx, name: string): Promise<void> {
  await lockUsername(tx, name);
  const taken = await tx.runner.findUnique({ where: { username: name } });
  if (!taken) return;
  // That a username is taken cannot be hidden from a runner who wants it; whose it is can.
  const details = permit(caller, 'runners.manage') === 'all' ? { runnerId: taken.id } : {};
  throw new DomainError('CONFLICT', `The username "${name}" is taken.`, { details });
}

/** Two transactions that want the same username come one after another, so that the second sees the first's runner. */
export async function lockUsername(tx: Tx, name: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runner ${name}`}, 0))`;
}

/** Sets the day of every run that knows its time, after the time zone changed. */
export async function moveRunsToLocalDays(tx: Tx, { id: runnerId, timezone: zone }: Runner): Promise<void> {
  const runs = await tx.run.findMany({ where: { runnerId, startedAt: { not: null } }, select: { id: true, startedAt: true } });
  const ids = runs.map((run) => run.id);
  const days = runs.map((run) => localDate(run.startedAt as Date, zone));
  await tx.$executeRaw`
    UPDATE "Run" SET "startedOn" = moved."day"::date FROM unnest(${ids}::text[], ${days}::text[]) AS moved("id", "day")
    WHERE "Run"."id" = moved."id"::uuid AND "Run"."startedOn" <> moved."day"::date`;
}
