import type { Fault } from './faults';

const TIMES_MS = [500, 1_500, 2_500];

/** Every broker repeatedly loses responses to produce requests and to ends of transactions. */
export const DROPPED_ACKNOWLEDGEMENTS: readonly Fault[] = TIMES_MS.flatMap((atMs) =>
  [0, 1, 2].flatMap((broker): readonly Fault[] => [
    { atMs, kind: 'drop', broker, answersTo: 'produce', count: 4 },
    { atMs, kind: 'drop', broker, answersTo: 'endTxn', count: 1 },
  ]),
);
