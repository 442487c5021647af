import type { CatalogueSerde } from '../../examples/catalogue/clients';
import { eventSchemas } from '../../examples/catalogue/schemas/event-schemas';
import { order, orderV1, payment } from '../../tools/support/events';
import { framed, prefixed } from '../../tools/support/framed';

/** Number of handler calls before a record waits for a retry. */
export const ATTEMPTS_IN_PLACE = 2;
export const HANDLER_TIMEOUT_MS = 1_500;

/** An id that the registries of the tests do not reach. */
export const UNKNOWN_ID = 1_000_000;

const [V1] = eventSchemas.orders;

/** The expected outcome of records of a kind, in a chain with one delay. */
export interface Fate {
  readonly ends: 'handled' | 'handled later' | 'dead letter' | 'dead letter, after a wait';
  /** Number of failing handler calls before one succeeds. @default 0 */
  readonly failing?: number;
  /** Whether the calls fail because they exceed the time limit. @default false */
  readonly isSlow?: boolean;
  /** Expected error in the dead letter record, with the class of the error. */
  readonly why?: RegExp;
  /** Number of handler calls. @default none: the records cannot be decoded */
  readonly calls?: number;
}

const unreadable = (why: RegExp): Fate => ({ ends: 'dead letter', why });
const never = { ends: 'dead letter, after a wait', failing: Infinity, calls: 2 * ATTEMPTS_IN_PLACE } as const;

const FATES = {
  good: { ends: 'handled', calls: 1 },
  old: { ends: 'handled', calls: 1 },
  tombstone: { ends: 'handled', calls: 1 },
  brief: { ends: 'handled', failing: 1, calls: 2 },
  late: { ends: 'handled later', failing: ATTEMPTS_IN_PLACE, calls: ATTEMPTS_IN_PLACE + 1 },
  hopeless: { ...never, why: /^RetriableError: not yet$/ },
  slow: { ends: 'handled', isSlow: true, failing: 1, calls: 2 },
  slower: { ends: 'handled later', isSlow: true, failing: ATTEMPTS_IN_PLACE, calls: ATTEMPTS_IN_PLACE + 1 },
  stuck: {
    ...never,
    isSlow: true,
    why: new RegExp(`^HandlerTimedOut: the handler was not done within ${HANDLER_TIMEOUT_MS} ms$`),
  },
  refused: { ends: 'dead letter', why: /^PermanentError: refused$/, calls: 1 },
  json: unreadable(/^PermanentError: .* it does not begin with the magic byte 0/),
  empty: unreadable(/^PermanentError: .* 0 bytes are too few/),
  cut: unreadable(/^PermanentError: .* it ends early, after 30 bytes$/),
  longer: unreadable(/^PermanentError: .* bytes are behind the event$/),
  unknown: unreadable(/^PermanentError: .* \(schema id 1000000\): the registry has no schema of this id$/),
  foreign: unreadable(/^PermanentError: .* this reader cannot read what that schema writes: /),
} satisfies Readonly<Record<string, Fate>>;

type Kind = keyof typeof FATES;

export const KINDS = Object.keys(FATES) as readonly Kind[];

/** @param key key of a record: its kind, a dash and a number */
export const fateOf = (key: string): Fate => FATES[kindOf(key)];

const kindOf = (key: string): Kind => key.split('-')[0] as Kind;

interface Writing {
  readonly serde: CatalogueSerde<'orders' | 'payments'>;
  /** Id of the orders' first version. */
  readonly first: number;
}

/** The value of a record by its key. */
export function faultyOrders({ serde, first }: Writing): (key: string) => Buffer | null {
  const newest = serde.encode('orders', order());
  const values: Readonly<Partial<Record<Kind, Buffer | null>>> = {
    old: framed(first, V1, orderV1()),
    tombstone: null,
    json: Buffer.from('{"orderId":"secret"}'),
    empty: Buffer.alloc(0),
    cut: newest.subarray(0, 30),
    longer: Buffer.concat([newest, newest]),
    unknown: prefixed(UNKNOWN_ID, newest),
    foreign: serde.encode('payments', payment()),
  };
  return (key) => {
    const value = values[kindOf(key)];
    return value === undefined ? newest : value;
  };
}
