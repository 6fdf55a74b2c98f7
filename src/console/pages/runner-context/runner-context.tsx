/** Where a runner decides what an assistant may read of them, and sees exactly what it gets. */
import { useState } from 'react';
import { PageHeader } from '../../parts/page-header.tsx';
import { FailureNotice, Loading, Notice } from '../../parts/states.tsx';
import { useSession } from '../../session.tsx';
import { AddressCard } from './address-card.tsx';
import { FurtherCard } from './further-card.tsx';
import { PreviewCard } from './preview-card.tsx';
import { ReadsCard } from './reads-card.tsx';
import styles from './runner-context.module.css';
import { tokenOf } from './secret.ts';
import { type Settings, useSettings, useSharing } from './settings.ts';
import { SharingCard } from './sharing-card.tsx';
import { SnippetsCard } from './snippets-card.tsx';

export default function RunnerContext() {
  const { viewer } = useSession();
  return (
    <div className="stack">
      <PageHeader title="Runner context" about="One address that tells an AI tool about your running: what you choose, and nothing else." />
      {viewer?.runner ? (
        <Loaded runnerId={viewer.runner.id} />
      ) : (
        <Notice tone="warn" title="There is no runner behind this session">
          <p>Ask the operator to connect your account to your runner, then sign in again.</p>
        </Notice>
      )}
    </div>
  );
}

function Loaded({ runnerId }: { runnerId: string }) {
  const { settings, failure, again } = useSettings(runnerId);
  if (settings) return <Desk settings={settings} refresh={again} />;
  return failure ? <FailureNotice failure={failure} retry={again} /> : <Loading what="Your context" />;
}

function Desk({ settings, refresh }: { settings: Settings; refresh: () => void }) {
  const { shown, served, change } = useSharing(settings);
  const [revealed, setRevealed] = useState(false);
  const link = settings.contextLinks.find(({ isDefault }) => isDefault);
  const url = link?.url;
  const token = url && tokenOf(url);
  return (
    <div className={styles.desk}>
      <SharingCard sharing={shown} change={change} />
      {link && (
        <AddressCard runnerId={settings.id} link={link} timezone={settings.timezone} revealed={revealed} setRevealed={setRevealed} />
      )}
      {token && (
        <div className={styles.preview}>
          <PreviewCard token={token} sharing={shown} served={served} revealed={revealed} />
        </div>
      )}
      {token && <SnippetsCard url={url} token={token} revealed={revealed} isOn={shown.enabled} />}
      <div className="stack">
        <ReadsCard settings={settings} refresh={refresh} />
        <FurtherCard settings={settings} refresh={refresh} />
      </div>
    </div>
  );
}
