/** Everything that is wrong with a file, each with its place; to be read here or taken along. */
import type { Fault } from '../../client.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Notice } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { download } from './download.ts';
import { countInWords } from './wording.ts';

const shownMax = 200;

export function Refusals({ fileName, faults }: { fileName: string; faults: readonly Fault[] }) {
  const shown = faults.slice(0, shownMax);
  const rest = faults.length - shown.length;
  function save(): void {
    const lines = faults.map(({ path, message }) => `${path}: ${message}\n`);
    download(lines.join(''), `${fileName.replace(/\.json$/i, '')}-faults.txt`);
  }
  return (
    <>
      <Notice tone="bad" title={`${countInWords(faults.length, 'fault')} in ${fileName}. Nothing was written.`}>
        <p>Mend these places in the file, then drop it again.</p>
      </Notice>
      <Card title="What is wrong" actions={<Button onClick={save}>Save the list as text</Button>}>
        <Table
          caption="Faults by place"
          head={['Place in the file', 'Fault']}
          rows={shown.map(({ path, message }, index) => ({ key: String(index), cells: [<code key="path">{path}</code>, message] }))}
        />
        {rest > 0 && <p className="quiet">And {countInWords(rest, 'more fault')}: the saved list has them all.</p>}
      </Card>
    </>
  );
}
