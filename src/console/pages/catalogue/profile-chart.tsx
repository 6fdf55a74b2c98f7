/** A workout as intensity over time, with its axes, its repeats and what the colours mean; told in words beside it. */

import styles from './profile.module.css';
import type { Block } from './profile.ts';
import { type Profile, profileOf } from './profile.ts';
import { ProfileBars } from './profile-bars.tsx';
import { zoneNames } from './target.ts';
import { durationInWords } from './wording.ts';

const tickSteps = [60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 36_000, 72_000];
const ticksMax = 5;

function ticksOf(totalSeconds: number): number[] {
  const step = tickSteps.find((seconds) => totalSeconds / seconds <= ticksMax) ?? Math.ceil(totalSeconds / ticksMax);
  return Array.from({ length: Math.floor(totalSeconds / step) + 1 }, (_, index) => index * step);
}

/** `stepsId` is where the same is told in words. */
export function ProfileChart({ name, blocks, stepsId }: { name: string; blocks: readonly Block[]; stepsId: string }) {
  const profile = profileOf(blocks);
  const share = (seconds: number) => `${(100 * seconds) / Math.max(1, profile.totalSeconds)}%`;
  const total = `${profile.isExact ? '' : 'about '}${durationInWords(Math.round(profile.totalSeconds / 60) * 60 || profile.totalSeconds)}`;
  return (
    <figure className={styles.figure}>
      <div role="img" aria-label={`Intensity over time of ${name}, ${total} in all`} aria-describedby={stepsId}>
        <div className={styles.repeats}>
          {profile.repeats.map(({ key, startSeconds, seconds, repeat }) => (
            <span key={key} className={styles.repeat} style={{ left: share(startSeconds), width: share(seconds) }}>
              {repeat} ×
            </span>
          ))}
        </div>
        <div className={styles.plot}>
          <div className={styles.zoneAxis}>
            {[5, 4, 3, 2, 1].map((zone) => (
              <span key={zone}>Z{zone}</span>
            ))}
          </div>
          <div className={styles.frame}>
            <ProfileBars profile={profile} grid />
          </div>
        </div>
        <div className={styles.timeAxis}>
          {ticksOf(profile.totalSeconds).map((seconds) => (
            <span key={seconds} className={seconds > profile.totalSeconds * 0.93 ? styles.lastTick : ''} style={{ left: share(seconds) }}>
              {seconds === 0 ? '0' : durationInWords(seconds)}
            </span>
          ))}
        </div>
      </div>
      <Legend profile={profile} />
    </figure>
  );
}

function Legend({ profile }: { profile: Profile }) {
  const shown = zoneNames
    .map((name, index) => ({ name, zone: index + 1 }))
    .filter(({ zone }) => profile.bars.some((bar) => bar.zone === zone));
  const hasEstimates = profile.bars.some(({ length }) => length === 'estimated');
  return (
    <figcaption className={styles.legend}>
      {shown.map(({ name, zone }) => (
        <span key={zone}>
          <svg className={styles.swatch} viewBox="0 0 10 10" aria-hidden="true">
            <rect width="10" height="10" className={styles[`zone${zone}`]} />
          </svg>
          Zone {zone}: {name}
        </span>
      ))}
      {profile.bars.some(({ zone }) => zone === 0) && (
        <span>
          <svg className={styles.swatch} viewBox="0 0 10 10" aria-hidden="true">
            <rect y="6" width="10" height="4" className={styles.zone0} />
          </svg>
          Rest
        </span>
      )}
      {hasEstimates && (
        <span>
          <svg className={styles.swatch} viewBox="0 0 10 10" aria-hidden="true">
            <rect width="10" height="10" className={styles.zone1} />
            <path d="M0 10 10 0M-2 5 5 -2M5 12 12 5" className={styles.hatchLine} />
          </svg>
          Striped: time estimated from the distance
        </span>
      )}
      {profile.hasOpenSteps && (
        <span>
          <svg className={styles.swatch} viewBox="0 0 10 10" aria-hidden="true">
            <rect x="0.5" y="0.5" width="9" height="9" className={`${styles.zone1} ${styles.open}`} />
          </svg>
          Outlined: until the lap button, width is a symbol
        </span>
      )}
      {profile.hasGuessedLevels && <span>A step without a target in zones is drawn as hard as its kind usually is.</span>}
    </figcaption>
  );
}
