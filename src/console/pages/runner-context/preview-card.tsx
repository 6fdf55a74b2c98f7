/** Exactly what an assistant gets that is given the address, as it would look and as it is. */
import { lazy, Suspense, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { FailureNotice, Loading, Notice } from '../../parts/states.tsx';
import { usePreview } from './preview.ts';
import styles from './preview-card.module.css';
import { sharedWords } from './scopes.ts';
import { veil } from './secret.ts';
import type { Sharing } from './settings.ts';

const Rendered = lazy(() => import('./rendered.tsx'));

/** As the document itself counts: English text has about four characters to the token. */
const charactersPerToken = 4;
const number = new Intl.NumberFormat('en-GB');

interface Props {
  token: string;
  sharing: Sharing;
  served: Sharing;
  revealed: boolean;
}

export function PreviewCard({ token, sharing, served, revealed }: Props) {
  const isOff = !sharing.enabled;
  const isOn = served.enabled;
  return (
    <Card title="What an assistant reads" about="The document that your address answers with, this moment.">
      {isOff && <NothingServed sharing={sharing} />}
      {!isOff && !isOn && <Loading what="The document" />}
      {!isOff && isOn && (
        <Served key={token} token={token} version={JSON.stringify(served)} isSettled={same(sharing, served)} revealed={revealed} />
      )}
    </Card>
  );
}

const same = (one: Sharing, other: Sharing) => (Object.keys(one) as (keyof Sharing)[]).every((key) => one[key] === other[key]);

function NothingServed({ sharing }: { sharing: Sharing }) {
  const words = sharedWords(sharing);
  return (
    <Notice tone="plain" title="Nothing is served">
      <p>Sharing is off: your address answers 403, and says no more than that.</p>
      <p>
        {words
          ? `Turned on, it would serve ${words}, and you would see the document here.`
          : 'Turned on, it would serve your username and units and nothing else, since every section is off.'}
      </p>
    </Notice>
  );
}

interface ServedProps {
  /** With another token it is another document, and the old one must not stay. */
  token: string;
  version: string;
  isSettled: boolean;
  revealed: boolean;
}

function Served({ token, version, isSettled, revealed }: ServedProps) {
  const { markdown, failure, fetching, again } = usePreview(token, version);
  const [form, setForm] = useState<'rendered' | 'raw'>('rendered');
  if (failure) return <FailureNotice failure={failure} retry={again} />;
  if (markdown === null) return <Loading what="The document" />;
  const text = veil(markdown, token, revealed);
  return (
    <>
      <div className="row spread">
        <p role="status" className="quiet numbers">
          {number.format(markdown.length)} characters, about {number.format(Math.ceil(markdown.length / charactersPerToken))} tokens
        </p>
        <fieldset className={styles.forms}>
          <legend className="visually-hidden">Show the document</legend>
          <Button aria-pressed={form === 'rendered'} onClick={() => setForm('rendered')}>
            Rendered
          </Button>
          <Button aria-pressed={form === 'raw'} onClick={() => setForm('raw')}>
            Raw text
          </Button>
        </fieldset>
      </div>
      {!revealed && <p className={`quiet ${styles.note}`}>The secret part of your address is covered here until you reveal it.</p>}
      <section
        className={styles.document}
        tabIndex={0}
        aria-label={form === 'rendered' ? 'The document, rendered' : 'The document, as raw text'}
        aria-busy={fetching || !isSettled}
      >
        {form === 'raw' ? (
          <pre className={styles.raw}>{text}</pre>
        ) : (
          <Suspense fallback={<Loading what="The document" />}>
            <Rendered markdown={text} />
          </Suspense>
        )}
      </section>
    </>
  );
}
