/** The bars of a profile: as high as they are hard, as wide as they are long. */
import { useId } from 'react';
import styles from './profile.module.css';
import type { Bar, Profile } from './profile.ts';

const [width, zoneHeight, restHeight] = [1000, 40, 6];
const height = 5 * zoneHeight;

/** Fills the frame it is in; it says nothing to those who cannot see it, so tell them in words beside it. */
export function ProfileBars({ profile, grid = false }: { profile: Profile; grid?: boolean }) {
  const hatch = useId();
  const perSecond = width / Math.max(1, profile.totalSeconds);
  const frameOf = ({ startSeconds, seconds, level }: Bar) => {
    const barHeight = Math.max(restHeight, level * zoneHeight);
    // A gap between bars, where there is room for one.
    const gap = Math.min(2, seconds * perSecond * 0.2);
    return { x: startSeconds * perSecond, y: height - barHeight, width: seconds * perSecond - gap, height: barHeight };
  };
  return (
    <svg className={styles.bars} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <defs>
        <pattern id={hatch} width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className={styles.hatch} width="4" height="10" />
        </pattern>
      </defs>
      {grid &&
        [1, 2, 3, 4, 5].map((zone) => (
          <line key={zone} className={styles.grid} x1="0" x2={width} y1={height - zone * zoneHeight} y2={height - zone * zoneHeight} />
        ))}
      {profile.bars.map((bar) => (
        <g key={bar.key}>
          <rect {...frameOf(bar)} className={`${styles.bar} ${styles[`zone${bar.zone}`]} ${bar.length === 'open' ? styles.open : ''}`} />
          {bar.length === 'estimated' && <rect {...frameOf(bar)} fill={`url(#${hatch})`} />}
        </g>
      ))}
    </svg>
  );
}
