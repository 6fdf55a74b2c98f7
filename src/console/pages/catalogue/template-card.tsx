/** A template in the list: what it looks like, what it is called, and in which state it is. */
import { Link } from 'wouter';
import styles from './catalogue.module.css';
import type { Card } from './list.ts';
import { profileOf } from './profile.ts';
import { ProfileBars } from './profile-bars.tsx';
import { StandingBadges } from './standing.tsx';
import { VolumeBars, volumesOf } from './volume-bars.tsx';
import { countInWords, distanceInWords, durationInWords, inWords, raceInWords } from './wording.ts';

export function TemplateCard({ template }: { template: Card }) {
  const isWorkout = 'blocks' in template;
  return (
    <li className={styles.card}>
      <div className={styles.thumbnail}>
        {isWorkout ? (
          <ProfileBars profile={profileOf(template.blocks)} />
        ) : (
          <VolumeBars volumes={volumesOf(template.durationWeeks, template.weeks)} />
        )}
      </div>
      <div className={styles.cardText}>
        <Link href={`/catalogue/${isWorkout ? 'workouts' : 'plans'}/${template.id}`} className={styles.cardName}>
          {template.name}
        </Link>
        <p className={`quiet ${styles.small}`}>{factsOf(template).join(' · ')}</p>
      </div>
      <div className={styles.badges}>
        <StandingBadges visibility={template.visibility} status={template.status} />
      </div>
    </li>
  );
}

function factsOf(template: Card): string[] {
  const common = [...(template.level ? [inWords(template.level)] : []), ...(template.authorId ? [`by ${template.authorId}`] : [])];
  if ('blocks' in template) {
    const { category, estimatedDurationSeconds: seconds, estimatedDistanceMeters: meters } = template;
    return [inWords(category), ...(seconds ? [durationInWords(seconds)] : []), ...(meters ? [distanceInWords(meters)] : []), ...common];
  }
  const { goalDistance, durationWeeks, weeklyDistanceMetersMax: meters } = template;
  return [
    goalDistance ? raceInWords(goalDistance) : 'Base training',
    countInWords(durationWeeks, 'week'),
    ...(meters ? [`up to ${distanceInWords(meters)} a week`] : []),
    ...common,
  ];
}
