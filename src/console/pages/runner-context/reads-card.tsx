/** Who has read the context: when, which section, with which kind of client. */
import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import type { Settings } from './settings.ts';

const sections: Record<string, string> = {
  profile: 'Profile',
  training: 'Training',
  health: 'Health',
  labs: 'Labs',
  'health-history': 'Days of health, page by page',
  none: 'Nothing was on',
};

const clients: Record<string, string> = {
  openai: 'ChatGPT or OpenAI',
  anthropic: 'Claude or Anthropic',
  google: 'Gemini or Google',
  perplexity: 'Perplexity',
  'command-line': 'Command line',
  python: 'Python',
  node: 'Node.js',
  browser: 'Browser',
  other: 'Another',
};

const shownAtFirst = 8;

export function ReadsCard({ settings: { contextReads, contextLinks, timezone }, refresh }: { settings: Settings; refresh: () => void }) {
  const [isWhole, setWhole] = useState(false);
  const withLink = contextLinks.length > 1;
  const rows = (isWhole ? contextReads : contextReads.slice(0, shownAtFirst)).map((read) => ({
    key: [read.linkId, read.day, read.section, read.client].join(' '),
    cells: [
      read.lastAt ? formatInstant(read.lastAt, timezone) : formatDay(read.day),
      sections[read.section] ?? read.section,
      clients[read.client] ?? read.client,
      String(read.count),
      ...(withLink ? [read.linkLabel] : []),
    ],
  }));
  return (
    <Card
      title="Last reads"
      about="Counted per day, section and kind of client; what was read is never kept. A read appears within ten seconds."
      actions={<Button onClick={refresh}>Refresh</Button>}
    >
      {rows.length === 0 ? (
        <Empty title="Nobody has read it yet">Give your address to a tool, and its reads are listed here.</Empty>
      ) : (
        <Table caption="Last reads" head={['Last', 'Section', 'Client', 'That day', ...(withLink ? ['Address'] : [])]} rows={rows} />
      )}
      {!isWhole && contextReads.length > shownAtFirst && (
        <div>
          <Button kind="quiet" onClick={() => setWhole(true)}>
            Show all {contextReads.length}
          </Button>
        </div>
      )}
    </Card>
  );
}

const formatDay = (day: string) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));

/** As short as it can be, for narrow screens; the year is said once it is another one. */
function formatInstant(instant: string, timeZone: string): string {
  const at = new Date(instant);
  const year = at.getFullYear() === new Date().getFullYear() ? {} : ({ year: 'numeric' } as const);
  const parts = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat('en-GB', { ...parts, ...year, timeZone }).format(at);
}
