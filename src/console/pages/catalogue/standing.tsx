/** Whether partners see a template, as badges. */
import { Badge } from '../../parts/badge.tsx';
import { inWords } from './wording.ts';

export interface Standing {
  visibility: 'PUBLIC' | 'PRIVATE';
  status: 'DRAFT' | 'ACTIVE' | 'ARCHIVED' | 'DELETED';
}

export const isPublished = ({ visibility, status }: Standing) => visibility === 'PUBLIC' && status === 'ACTIVE';

const statusTones = { DRAFT: 'plain', ACTIVE: 'good', ARCHIVED: 'warn', DELETED: 'bad' } as const;

export function StandingBadges({ visibility, status }: Standing) {
  return (
    <>
      <Badge tone={visibility === 'PUBLIC' ? 'good' : 'plain'}>{inWords(visibility)}</Badge>
      <Badge tone={statusTones[status]}>{inWords(status)}</Badge>
    </>
  );
}
