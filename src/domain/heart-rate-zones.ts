/** Five heart-rate zones from the lactate threshold, after Friel: they begin at 85, 90, 95 and 100 % of it. */

const thresholdPercent = [85, 90, 95, 100];

/** The highest whole beat of zones 1 to 4; the fifth ends at the maximum heart rate, where that is known. */
export function zonesFromThreshold(lthr: number, maxHr?: number | null): number[] {
  const maxima = thresholdPercent.map((percent) => Math.ceil((lthr * percent) / 100) - 1);
  return maxHr != null && maxHr > lthr ? [...maxima, maxHr] : maxima;
}
