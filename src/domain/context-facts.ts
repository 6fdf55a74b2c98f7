/** Reads from the database what a runner's context is made of: the shared sections, and nothing of the others. */
import type { ContextLink, Runner } from '../../prisma/generated/client/client.ts';
import type { Context } from './context.ts';
import { scopesOf } from './context-links.ts';
import { ofRunner } from './excluded-sources.ts';
import { type FoundHealth, healthFacts, healthJson } from './health-facts.ts';
import { type FoundLabs, labFacts, labsJson } from './lab-facts.ts';
import { bestsValues } from './load-bests.ts';
import { localDate } from './local-dates.ts';
import { type FoundProfile, profileFacts, profileJson } from './profile-facts.ts';
import { epochMs, instantOf, rowsAsJson } from './rows-as-json.ts';
import type { DocumentOptions } from './runner-context/document-options.ts';
import { type ContextScope, contextScopes, type RunnerContextFacts, type SourceFacts } from './runner-context/facts.ts';
import { shownMax, showsSection } from './runner-context/shared-context.ts';
import { type FoundTraining, trainingFacts, trainingJson } from './training-facts.ts';

/** The longest baseline; the facts hold at least as many days. */
const baselineDays = 28;

/** What the statement finds: a section that was not asked for is not there. */
interface Found {
  sources: (Omit<SourceFacts, 'lastImportAt'> & { lastImportAtMs: number | null })[];
  profile?: FoundProfile;
  training?: FoundTraining;
  health?: FoundHealth;
  labs?: FoundLabs;
}

/**
 * The facts of the sections that are both shared and asked for; at least as many as are shown in that detail. They are of
 * one moment.
 */
export async function loadContextFacts(
  ctx: Context,
  runner: Runner,
  link: ContextLink,
  url: string,
  { sections, detail }: DocumentOptions,
): Promise<RunnerContextFacts> {
  const now = ctx.now();
  const today = localDate(now, runner.timezone);
  const scopes = scopesOf(link);
  const shown = contextScopes.filter((scope) => showsSection(scopes, sections, scope));
  // The gaps and the usual volume are told of the same weeks, however brief the rest is.
  const statement = statementOf(shown, detail === 'full' ? 'full' : 'standard');
  const [row] = await ctx.run<{ found: Found }>(statement, shown.includes('profile') ? bestsValues(runner.id, today) : [runner.id]);
  if (!row) throw new Error('a statement without FROM gave no row');
  const { sources, profile, training, health, labs } = row.found;
  const { username, units, timezone } = runner;
  return {
    runner: { username, units, timezone },
    scopes,
    profile: profile ? profileFacts(runner, profile, today) : null,
    training: training ? trainingFacts(training) : null,
    health: health ? healthFacts(health) : null,
    labs: labs ? labFacts(labs) : null,
    sources: sources.map(({ lastImportAtMs, ...source }) => ({ lastImportAt: instantOf(lastImportAtMs), ...source })),
    now,
    publicUrl: ctx.publicUrl,
    contextUrl: url,
    historyUrl: `${url}/health`,
  };
}

const sourcesJson = rowsAsJson(`
  SELECT "name", "kind", "priority", "metricPriorities", ${epochMs('"lastImportAt"')} AS "lastImportAtMs" FROM "HealthSource"
  WHERE ${ofRunner} AND NOT "excluded" ORDER BY "priority", "name"`);

/**
 * Everything in one statement: asked one by one, a context is some twenty, and what they cost the driver and the server
 * apart from their rows is most of the time. How many there are of a list stands in the text, which the server plans once.
 */
function statementOf(shown: readonly ContextScope[], detail: 'full' | 'standard'): { name: string; text: string } {
  const max = shownMax[detail];
  const sections: Record<ContextScope, string> = {
    profile: profileJson,
    training: trainingJson(max),
    health: healthJson(Math.max(baselineDays, max.days)),
    labs: labsJson,
  };
  const members = ["'sources'", sourcesJson, ...shown.flatMap((scope) => [`'${scope}'`, sections[scope]])];
  return { name: ['context', detail, ...shown].join(' '), text: `SELECT json_build_object(${members.join(', ')}) AS "found"` };
}
