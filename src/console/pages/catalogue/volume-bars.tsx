/** The distance of every week of a plan as bars. */
import styles from './plan.module.css';

interface Week {
  week: number;
  days: readonly { sessions: readonly { distanceMeters?: number | null }[] }[];
}

export interface WeekVolume {
  week: number;
  /** 0 for a week that states none. */
  meters: number;
}

export function volumesOf(durationWeeks: number, weeks: readonly Week[]): WeekVolume[] {
  const described = new Map(weeks.map((week) => [week.week, week]));
  return Array.from({ length: durationWeeks }, (_, index) => {
    const sessions = described.get(index + 1)?.days.flatMap((day) => day.sessions) ?? [];
    return { week: index + 1, meters: sessions.reduce((total, { distanceMeters }) => total + (distanceMeters ?? 0), 0) };
  });
}

const height = 100;

/** Fills the frame it is in; tell the distances in words beside it. */
export function VolumeBars({ volumes }: { volumes: readonly WeekVolume[] }) {
  const largest = Math.max(1, ...volumes.map(({ meters }) => meters));
  return (
    <svg className={styles.bars} viewBox={`0 0 ${volumes.length * 10} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {volumes.map(({ week, meters }) => (
        <rect
          key={week}
          className={styles.bar}
          x={(week - 1) * 10 + 1}
          y={height - (height * meters) / largest}
          width="8"
          height={(height * meters) / largest}
        />
      ))}
    </svg>
  );
}
