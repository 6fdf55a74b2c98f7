/**
 * VDOT, the oxygen uptake that a performance is worth, after Daniels & Gilbert, Oxygen Power (1979).
 * v is metres per minute, t minutes, oxygen uptake ml/kg/min.
 */

/** The efforts for which the formula holds, in seconds: 3.5 minutes to 4 hours. */
const effortSeconds = { min: 210, max: 14_400 };

/** Whether the formula speaks for an effort of that length. Outside, its numbers are extrapolated and nothing shows them. */
export const isVdotEffort = (seconds: number): boolean => seconds >= effortSeconds.min && seconds <= effortSeconds.max;

const oxygenAt = (velocity: number): number => -4.6 + 0.182258 * velocity + 0.000104 * velocity ** 2;

/** The share of the maximum that can be held for that many minutes. */
const fractionHeld = (minutes: number): number =>
  0.8 + 0.1894393 * Math.exp(-0.012778 * minutes) + 0.2989558 * Math.exp(-0.1932605 * minutes);

/** The VDOT of a distance run in a time, unrounded and also where the formula is extrapolated (see `isVdotEffort`). */
export function vdotOf(distanceMeters: number, timeSeconds: number): number {
  const minutes = timeSeconds / 60;
  return oxygenAt(distanceMeters / minutes) / fractionHeld(minutes);
}

/** The pace at which running takes that much oxygen: the positive root of the uptake formula. */
export function paceSecondsPerKmAt(oxygen: number): number {
  const velocity = (-0.182258 + Math.sqrt(0.182258 ** 2 + 4 * 0.000104 * (oxygen + 4.6))) / (2 * 0.000104);
  return (60 * 1_000) / velocity;
}

/** The time in seconds for a distance that is worth the given VDOT, by bisection; the inverse of `vdotOf`. */
export function equivalentSeconds(vdot: number, distanceMeters: number): number {
  // Faster than 10 m/s is beyond every human, slower than 0.5 m/s is no running: VDOT falls steadily between them.
  let [fast, slow] = [distanceMeters / 10, distanceMeters / 0.5];
  while (slow - fast > 0.001) {
    const middle = (fast + slow) / 2;
    if (vdotOf(distanceMeters, middle) > vdot) fast = middle;
    else slow = middle;
  }
  return (fast + slow) / 2;
}
