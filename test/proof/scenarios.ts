import type { Fault } from './faults';

const TIMES_MS = [500, 1_500, 2_500];

/** Every broker loses acknowledgements of records and of transactions' ends, again and again. */
export const DROPPED_ACKNOWLEDGEMENTS: readonly Fault[] = TIMES_MS.flatMap((atMs) =>
  [0, 1, 2].flatMap((broker): readonly Fault[] => [
    { atMs, kind: 'drop', broker, answersTo: 'produce', count: 4 },
    { atMs, kind: 'drop', broker, answersTo: 'endTxn', count: 1 },
  ]),
);
