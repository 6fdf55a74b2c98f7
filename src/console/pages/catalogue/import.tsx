/** Writes a catalogue file: dropped or chosen, with how far it is and what came of it. */
import { Link } from 'wouter';
import { Card } from '../../parts/card.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { FailureNotice, Notice } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { FileDrop } from './file-drop.tsx';
import styles from './import.module.css';
import { type ImportState, useImport } from './import-file.ts';
import { Refusals } from './refusals.tsx';
import { inWords } from './wording.ts';

export function Import() {
  const [state, start] = useImport();
  const busy = state.stage === 'reading' || state.stage === 'writing';
  return (
    <div className="stack">
      <Link href="/catalogue">← Catalogue</Link>
      <PageHeader
        title="Import a catalogue"
        about="All or nothing: when anything in the file is wrong, nothing is written. The same file may be imported again."
      />
      <Card
        title="File"
        about="JSON with workoutTemplates and trainingPlanTemplates, at most 25 MB. An export of this catalogue has that form."
      >
        <FileDrop busy={busy} take={(file) => void start(file)} />
        {state.stage !== 'waiting' && <Stages state={state} />}
      </Card>
      <Outcome state={state} />
    </div>
  );
}

const stages = [
  { stage: 'reading', label: 'Reading the file' },
  { stage: 'writing', label: 'Checking and writing' },
  { stage: 'done', label: 'Done' },
] as const;

function Stages({ state }: { state: Exclude<ImportState, { stage: 'waiting' }> }) {
  const failedAt = state.stage === 'unreadable' ? 0 : state.stage === 'refused' ? 1 : null;
  const at = failedAt ?? stages.findIndex(({ stage }) => stage === state.stage);
  const now = failedAt === null ? stages[at]?.label : 'Stopped';
  return (
    <div className="stack-tight" role="status">
      <p>
        <strong>{state.fileName}</strong>: {now}
      </p>
      <ol className={styles.stages}>
        {stages.map(({ stage, label }, index) => {
          const look =
            index < at || state.stage === 'done' ? styles.past : index > at ? '' : failedAt === null ? styles.present : styles.failed;
          return (
            <li key={stage} className={look} aria-current={index === at ? 'step' : undefined}>
              {label}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function Outcome({ state }: { state: ImportState }) {
  if (state.stage === 'unreadable') {
    return (
      <Notice tone="bad" title="This file cannot be imported">
        <p>{state.reason}</p>
      </Notice>
    );
  }
  if (state.stage === 'refused') {
    const { failure, fileName } = state;
    if (failure.kind !== 'invalid') return <FailureNotice failure={failure} />;
    return <Refusals fileName={fileName} faults={failure.faults} />;
  }
  if (state.stage !== 'done') return null;
  const { counts } = state.report;
  return (
    <Card title="What was written" actions={<Link href="/catalogue">See the catalogue</Link>}>
      <Table
        caption="Counts by kind"
        head={['Kind', 'New', 'Changed', 'Same already']}
        rows={counts.map(({ noun, created, updated, unchanged }) => ({
          key: noun,
          cells: [nounInWords(noun), created, updated, unchanged],
        }))}
      />
    </Card>
  );
}

/** `workoutTemplates`, as the file calls them, reads "Workout templates". */
const nounInWords = (noun: string) => inWords(noun.replace(/[A-Z]/g, '_$&'));
