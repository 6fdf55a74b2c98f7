/** A week of a plan: how far in all, and its seven days. */
import styles from './plan.module.css';
import { PlanSession, type Session } from './plan-session.tsx';
import { countInWords, distanceInWords } from './wording.ts';

interface Week {
  week: number;
  focus?: string | null;
  days: readonly { day: number; sessions: readonly Session[] }[];
}

const days = [1, 2, 3, 4, 5, 6, 7];

interface Props {
  week: Week;
  /** Of this week, and of the longest one, for the bar. */
  meters: number;
  largest: number;
}

export function PlanWeek({ week, meters, largest }: Props) {
  const sessionsOf = new Map(week.days.map(({ day, sessions }) => [day, sessions]));
  const runs = week.days.flatMap(({ sessions }) => sessions).filter(({ kind }) => kind !== 'REST').length;
  return (
    <li className={styles.week}>
      <header className={styles.weekHeader}>
        <h3>
          Week {week.week}
          {week.focus && <span className={styles.focus}>: {week.focus}</span>}
        </h3>
        <p className="quiet numbers">
          {meters > 0 && `${distanceInWords(meters)} · `}
          {countInWords(runs, 'session')}
        </p>
        <svg className={styles.weekBar} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
          <rect className={styles.track} width="100" height="6" />
          <rect className={styles.bar} width={largest > 0 ? (100 * meters) / largest : 0} height="6" />
        </svg>
      </header>
      <ol className={styles.days}>
        {days.map((day) => {
          const sessions = sessionsOf.get(day) ?? [];
          return (
            <li key={day} className={sessions.length === 0 ? styles.emptyDay : styles.day}>
              <p className={styles.dayName}>Day {day}</p>
              {sessions.length === 0 && <span className="visually-hidden">Nothing planned</span>}
              {numbered(sessions).map(({ key, session }) => (
                <PlanSession key={key} session={session} />
              ))}
            </li>
          );
        })}
      </ol>
    </li>
  );
}

/** A session has no name but its place in the day. */
const numbered = (sessions: readonly Session[]) => sessions.map((session, index) => ({ key: String(index), session }));
