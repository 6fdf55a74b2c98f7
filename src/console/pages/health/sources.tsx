/** Where a runner's values come from, and which of it is shared with tools. */
import { useMutation } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import type { HealthSourceStatus, RunnerSourcesQuery } from '../../gql/graphql.ts';
import { Badge } from '../../parts/badge.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/states.tsx';
import { Switch } from '../../parts/switch.tsx';
import { showToast } from '../../parts/toast.tsx';
import styles from './health.module.css';

const shareSource = graphql(`
  mutation ShareSource($runnerId: ID!, $id: ID!, $excluded: Boolean!) {
    saveHealthConnection(runnerId: $runnerId, input: { id: $id, excluded: $excluded }) {
      id
      excluded
      status
    }
  }
`);

type Source = NonNullable<RunnerSourcesQuery['runner']>['healthConnections'][number];

const statuses: Record<HealthSourceStatus, { label: string; tone: 'good' | 'warn' | 'plain' }> = {
  ACTIVE: { label: 'Active', tone: 'good' },
  STALE: { label: 'Nothing new for 14 days', tone: 'warn' },
  LINKED: { label: 'Linked, nothing imported yet', tone: 'plain' },
  EXCLUDED: { label: 'Not shared', tone: 'plain' },
  DISCONNECTED: { label: 'Disconnected', tone: 'warn' },
};

const nouns = { runs: 'runs', days: 'days', measurements: 'measurements', heartRateZones: 'sets of zones', labTests: 'lab tests' } as const;

export function Sources({ runnerId, timezone, sources }: { runnerId: string; timezone: string; sources: readonly Source[] }) {
  const [{ fetching }, save] = useMutation(shareSource);
  async function setShared({ id, name }: Source, shared: boolean, canUndo = true): Promise<void> {
    const { error } = await save({ runnerId, id, excluded: !shared });
    const failure = failureOf(error);
    if (failure) return showToast(failure.message, 'bad');
    const undo = canUndo ? () => void setShared({ id, name } as Source, !shared, false) : undefined;
    showToast(shared ? `${name} is shared with tools again.` : `Nothing of ${name} is shared with tools any more.`, 'good', undo);
  }
  return (
    <Card title="Linked sources" about="Where your values come from. What you do not share stays on these pages, and no tool sees it.">
      {sources.length === 0 && (
        <Empty title="No source yet">A source appears here with the first import that names it, such as a watch or a file.</Empty>
      )}
      {sources.length > 0 && (
        <ul className={styles.sources}>
          {sources.map((source) => (
            <li key={source.id} className="stack-tight">
              <div className="row">
                <h3>{source.name}</h3>
                <Badge tone={statuses[source.status].tone}>{statuses[source.status].label}</Badge>
              </div>
              <p className="quiet">
                {lastImport(source.lastImportAt, timezone)} {countsSaid(source.counts)}
              </p>
              <Switch
                label={`Share ${source.name} with LLM tools`}
                on={!source.excluded}
                disabled={fetching}
                onChange={(shared) => void setShared(source, shared)}
              />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function lastImport(at: string | null | undefined, timezone: string): string {
  if (!at) return 'Nothing imported yet.';
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: timezone });
  return `Last brought something new on ${format.format(new Date(at))}.`;
}

function countsSaid(counts: Source['counts']): string {
  const said = (Object.keys(nouns) as (keyof typeof nouns)[]).flatMap((noun) =>
    counts[noun] > 0 ? [`${counts[noun].toLocaleString('en-GB')} ${nouns[noun]}`] : [],
  );
  return said.length > 0 ? `Holds ${said.join(', ')}.` : '';
}
