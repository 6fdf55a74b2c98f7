/** One of the long versions. */
export interface SoakPiece {
  name: string;
  /** Its part of the whole time. */
  share: number;
  /** Ends after about so many minutes. @throws when a promise was not kept. */
  run(minutes: number): Promise<void>;
}
