/** A runner's context by hand: the link and the facts in SQL, rendered by the very code that the gateway renders with. */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { localDate } from '../../../src/domain/local-dates.ts';
import { type Performance, personalBests, recentPerformances } from '../../../src/domain/personal-bests.ts';
import type { RunnerContextFacts } from '../../../src/domain/runner-context/facts.ts';
import { contextJson } from '../../../src/domain/runner-context/json.ts';
import { countCharacters } from '../../../src/domain/runner-context/stated-size.ts';
import { type LoadedFacts, loadFacts, mergeDays } from './context-facts.ts';
import { publicUrl } from './environment.ts';

interface LinkRow {
  id: string;
  runnerId: string;
  scopes: RunnerContextFacts['scopes'];
  username: string;
  units: RunnerContextFacts['runner']['units'];
  timezone: string;
  birthDate: string | null;
  sex: 'FEMALE' | 'MALE' | 'OTHER' | null;
  heightCm: number | null;
  runningSince: string | null;
  weeklyFrequency: string | null;
  sharingEnabled: boolean;
}

const findLink = {
  name: 'context-link',
  text: `SELECT link."id", link."runnerId", runner."username", runner."units", runner."timezone", runner."birthDate"::text, runner."sex",
      runner."heightCm", runner."runningSince", runner."weeklyFrequency", runner."sharingEnabled",
      json_build_object('profile', link."profile", 'training', link."training", 'health', link."health", 'labs', link."labs") AS scopes
    FROM "ContextLink" AS link JOIN "Runner" AS runner ON runner."id" = link."runnerId"
    WHERE link."tokenHash" = $1 AND (link."expiresAt" IS NULL OR link."expiresAt" > now())`,
};

export function contextRoutes(app: FastifyInstance, pool: pg.Pool): void {
  const reads = new RateLimiterMemory({ points: 600, duration: 60 });

  app.get<{ Params: { token: string }; Querystring: { format?: string } }>('/api/runner-context/:token', async (request, reply) => {
    const { token } = request.params;
    const { rows } = await pool.query<LinkRow>({ ...findLink, values: [createHash('sha256').update(token).digest('hex')] });
    const link = rows[0];
    if (!link) return reply.code(404).send({ code: 'NOT_FOUND' });
    const counted = await reads.consume(link.id).catch(() => null);
    if (!counted) return reply.code(429).send({ code: 'RATE_LIMITED' });
    if (!link.sharingEnabled) return reply.code(403).send({ code: 'FORBIDDEN' });
    const facts = factsOf(link, await loadFacts(pool, link.runnerId), `${publicUrl}/api/runner-context/${token}`);
    const context = contextJson(facts);
    reply.headers({
      'Cache-Control': 'private, max-age=3600',
      'X-Robots-Tag': 'noindex, nofollow',
      'X-Context-Characters': countCharacters(context.context_markdown),
    });
    if (request.query.format === 'json') return reply.type('application/json; charset=utf-8').send(JSON.stringify(context));
    return reply.type('text/plain; charset=utf-8').send(context.context_markdown);
  });
}

function factsOf(link: LinkRow, loaded: LoadedFacts, contextUrl: string): RunnerContextFacts {
  const { username, units, timezone, scopes } = link;
  const now = new Date();
  return {
    runner: { username, units, timezone },
    scopes,
    profile: scopes.profile ? profileOf(link, loaded, localDate(now, timezone)) : null,
    training: scopes.training
      ? {
          runs: loaded.runs.map((run) => ({ ...run, startedAt: run.startedAt ? new Date(run.startedAt) : null })),
          runCount: loaded.runCount,
          firstRunOn: loaded.firstRunOn,
          goals: loaded.goals,
          raceResults: loaded.races,
        }
      : null,
    health: scopes.health ? { ...loaded, days: mergeDays(loaded.readings) } : null,
    labs: scopes.labs ? { tests: loaded.tests } : null,
    sources: loaded.sources.map((source) => ({
      ...source,
      lastImportAt: source.lastImportAt ? new Date(source.lastImportAt) : null,
    })),
    now,
    publicUrl,
    contextUrl,
    historyUrl: `${contextUrl}/health`,
  };
}

function profileOf(link: LinkRow, { measurements, zones, gear, races, stated, nearRuns }: LoadedFacts, today: string) {
  const { birthDate, sex, heightCm, runningSince, weeklyFrequency } = link;
  const measured = (kind: string) => measurements.find((measurement) => measurement.kind === kind) ?? null;
  const maxima = zones && [zones.zone1Max, zones.zone2Max, zones.zone3Max, zones.zone4Max, zones.zone5Max].filter((max) => max !== null);
  const performances: Performance[] = [
    ...races.map((race) => ({ ...race, kind: 'race' as const })),
    ...stated.map((best) => ({ ...best, kind: 'manual' as const })),
    ...nearRuns.map(({ distanceMeters, movingSeconds, startedOn }) => ({
      kind: 'run' as const,
      distanceMeters,
      timeSeconds: movingSeconds,
      date: startedOn,
    })),
  ];
  return {
    birthDate,
    sex,
    heightCm,
    runningSince,
    weeklyFrequency,
    weightKg: measured('WEIGHT'),
    restingHr: measured('RESTING_HEART_RATE'),
    maxHr: measured('MAX_HEART_RATE'),
    lthr: measured('LACTATE_THRESHOLD_HEART_RATE'),
    hrZones: zones && maxima && { maxima, on: zones.date, source: zones.source },
    gear,
    personalBests: personalBests(performances),
    recentBests: personalBests(recentPerformances(performances, today)),
  };
}
