import { headerText, type ConsumedRecord } from '../../src/client/consumer/record';
import type { Dice } from '../support/dice';

/** Kinds of records by their expected outcome; `sized` records are bytes of various sizes that are not Avro. */
export const KINDS = ['plain', 'tombstone', 'sized', 'passing', 'waiting', 'permanent', 'unencodable'] as const;
export type Kind = (typeof KINDS)[number];

const ID = 'history-id';
const KIND = 'history-kind';

/** Sizes of undecodable values: near the wire format's prefix, the brokers' default limit and the topic's limit. */
const SIZES = [0, 1, 4, 5, 6, 1_000, 100_000] as const;
const LARGE_SIZES = [900_000, 1_048_576, 1_300_000, 3_500_000] as const;

const PLAIN_SHARE = 0.8;
const LARGE_SHARE = 0.2;

export const drawKind = (dice: Dice): Kind => (dice.next() < PLAIN_SHARE ? 'plain' : dice.pick(KINDS));

export const drawSize = (dice: Dice): number => (dice.next() < LARGE_SHARE ? dice.pick(LARGE_SIZES) : dice.pick(SIZES));

/** Headers are copied with a record, so they identify the record in every topic. */
export const headersOf = (id: number, kind: Kind): Record<string, string> => ({ [ID]: String(id), [KIND]: kind });

export const idOf = (record: Pick<ConsumedRecord, 'headers'>): number => Number(headerText(record, ID) ?? NaN);

export const kindOf = (record: Pick<ConsumedRecord, 'headers'>): string | undefined => headerText(record, KIND);
