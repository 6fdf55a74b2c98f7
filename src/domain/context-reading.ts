/** How a runner's context is read by whoever has its address: an LLM, an app, a script. The token is all they show. */
import type { Context } from './context.ts';
import { loadContextFacts } from './context-facts.ts';
import { scopesOf } from './context-links.ts';
import { formatDay, parseDay } from './days.ts';
import { DomainError, invalid } from './errors.ts';
import { listMergedDays } from './merged-days.ts';
import { openContext } from './opened-contexts.ts';
import { type AddressForm, contextAddresses } from './runner-context/addresses.ts';
import type { DocumentOptions } from './runner-context/document-options.ts';
import { contextScopes } from './runner-context/facts.ts';
import { renderHealthPage } from './runner-context/health-page.ts';
import { contextJson, type DailyMetricJson, dailyMetricJson, type RunnerContextJson, unitsJson } from './runner-context/json.ts';
import { showsSection } from './runner-context/shared-context.ts';

export const healthPageSize = { default: 90, min: 1, max: 366 };

/** How a read of the time-series is counted, beside the sections of the context. */
const historySection = 'health-history';

/** One page of days in the contract's names, newest first. */
export interface RunnerHealthJson {
  runner: { units: 'metric' | 'imperial' };
  metrics: DailyMetricJson[];
  page: {
    limit: number;
    count: number;
    has_more: boolean;
    /** Where the next page begins, and its address; null at the end, the address also when none may be named. */
    next_before: string | null;
    next: string | null;
  };
  /** The page as a document of its own; null unless it was asked for. */
  health_markdown: string | null;
}

/**
 * The context within the link's scopes, in the contract's names: all of it, or as far as `options` ask for it.
 *
 * @throws as `openContext`.
 */
export async function getRunnerContext(ctx: Context, token: string, options: DocumentOptions = {}): Promise<RunnerContextJson> {
  const { link, runner, url } = await openContext(ctx, token);
  const facts = await loadContextFacts(ctx, runner, link, url, options);
  const shared = contextScopes.filter((scope) => showsSection(facts.scopes, options.sections, scope));
  // What its owner looks at in a session of their own is no read; and a link that shows no section is still read.
  const isOwner = ctx.caller.kind === 'runner' && ctx.caller.runnerId === runner.id;
  if (!isOwner) ctx.contextLinks.reads.count(link.id, shared.length > 0 ? shared : ['none'], ctx.client);
  return contextJson(facts, options);
}

/** What may be asked of a page of days. */
interface HealthPageOptions {
  /** Clamped; 90 when left out. */
  limit?: number | null;
  before?: string | null;
  /** Makes the page as markdown too. */
  asMarkdown?: boolean;
  links?: DocumentOptions['links'];
}

/**
 * One page of merged days strictly before `before`, newest first.
 *
 * @throws as `openContext`; FORBIDDEN without the health scope, whether there is data or not; INVALID for a
 * `before` that is not a day.
 */
export async function getRunnerHealth(ctx: Context, token: string, args: HealthPageOptions): Promise<RunnerHealthJson> {
  const { link, runner, url } = await openContext(ctx, token);
  if (!scopesOf(link).health) throw new DomainError('FORBIDDEN', 'This runner does not share the section health.');
  const before = args.before == null ? null : requireDay(args.before);
  const limit = Math.min(healthPageSize.max, Math.max(healthPageSize.min, args.limit ?? healthPageSize.default));
  // One more than asked for: whether there is more.
  const found = await listMergedDays(ctx, runner.id, { limit: limit + 1, before });
  ctx.contextLinks.reads.count(link.id, [historySection], ctx.client);
  const days = found.slice(0, limit);
  const nextBefore = found.length > limit ? (days.at(-1)?.date ?? null) : null;
  const next = (form: AddressForm) => nextBefore && nextAddress(url, { limit, before: nextBefore, form, links: args.links });
  return {
    runner: { units: unitsJson(runner.units) },
    metrics: days.map(dailyMetricJson),
    page: {
      limit,
      count: days.length,
      has_more: nextBefore !== null,
      next_before: nextBefore,
      next: next('json'),
    },
    health_markdown: args.asMarkdown
      ? renderHealthPage({
          runner,
          days,
          before: before && formatDay(before),
          nextBefore,
          nextUrl: next('md'),
          contextUrl: args.links === 'none' ? null : url,
        })
      : null,
  };
}

/** Where the next page stands. Markdown is for those who follow links, so that its address never needs the query string. */
function nextAddress(
  url: string,
  { limit, before, form, links }: { limit: number; before: string; form: AddressForm; links: DocumentOptions['links'] },
): string | null {
  if (links === 'none') return null;
  if (form === 'json' && links !== 'path') return `${url}/health?limit=${limit}&before=${before}`;
  return `${contextAddresses(url).healthBefore(before, form)}${limit === healthPageSize.default ? '' : `?limit=${limit}`}`;
}

function requireDay(text: string): Date {
  const date = parseDay(text);
  if (date) return date;
  throw invalid([{ path: 'before', message: `must be a day that exists, written YYYY-MM-DD such as ${formatDay(new Date(0))}` }]);
}
