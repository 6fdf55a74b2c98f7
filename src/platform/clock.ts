/** The only source of the current time: the one thing a test may replace. */
export type Clock = () => Date;

/** The machine's own clock. */
export const systemClock: Clock = () => new Date();
