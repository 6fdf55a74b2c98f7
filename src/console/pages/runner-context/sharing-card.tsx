/** The switch of everything, and one for each section. */
import { Badge } from '../../parts/badge.tsx';
import { Card } from '../../parts/card.tsx';
import { Switch } from '../../parts/switch.tsx';
import { scopes } from './scopes.ts';
import type { Change, Sharing } from './settings.ts';
import styles from './sharing-card.module.css';

export function SharingCard({ sharing, change }: { sharing: Sharing; change: Change }) {
  return (
    <Card title="What you share" about="Every switch acts at once, from the next read on.">
      <div className={styles.master}>
        <Switch
          label="Share my context"
          about={sharing.enabled ? 'On: whoever has your address can read what is on below.' : 'Off: nobody can read anything.'}
          on={sharing.enabled}
          onChange={(on) => change('enabled', on)}
        />
      </div>
      <ul className={styles.scopes}>
        {scopes.map(({ scope, label, about, sensitive }) => (
          <li key={scope}>
            <Switch
              label={
                <span className={styles.label}>
                  {label} {sensitive && <Badge tone="warn">Sensitive</Badge>}
                </span>
              }
              about={about}
              on={sharing[scope]}
              onChange={(on) => change(scope, on)}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
