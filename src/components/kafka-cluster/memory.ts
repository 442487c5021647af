import type { ClusterSettings } from './cluster-settings';
import type { NodePool } from './node-pool-props';
import { brokersOf, isBroker } from './nodes';
import { bytes, formatBytes, kibibytes, mebibytes, type Bytes } from '../../validation/units';

type Brokers = ClusterSettings['brokers'];
type Heap = Pick<NodePool, 'heap'>;

/** Share of the heap that clients may take; the rest is for replication, the log cleaner, metadata and garbage. */
const SHARE_OF_CLIENTS = 1 / 2;

/** Default share of the heap for queued requests, and the same again for connections. */
const DERIVED_SHARE = 1 / 8;

/** Heap of an open connection: its channel, its buffers and data in flight. */
const CONNECTION = kibibytes(32);

/** Kafka's `replica.fetch.response.max.bytes`, which each fetcher may hold in memory for each other broker. */
const FETCH_RESPONSE = mebibytes(10);

/** Brokers that memory suffices for from the start: up to this number, a further broker restarts no other. */
const ROOM_FOR_BROKERS = 8;

/** Metaspace, compiled code and stacks: an estimate, not measured. */
const LEAST_NATIVE = mebibytes(160);

/** Memory of the garbage collector outside the heap, as a share of the heap. */
const NATIVE_SHARE_OF_HEAP = 1 / 8;

/** `queued.max.request.bytes`: limit over all clients for requests that were read and are not yet handled. */
export const queuedRequests = ({ queuedRequestsMax, socketRequestMax }: Brokers, { heap }: Heap): Bytes =>
  queuedRequestsMax ?? bytes(Math.max(socketRequestMax, Math.floor(heap * DERIVED_SHARE)));

/** `max.connections` of one broker. */
export const connectionLimit = ({ maxConnections }: Brokers, { heap }: Heap): number =>
  maxConnections ?? Math.floor((heap * DERIVED_SHARE) / CONNECTION);

/**
 * Maximum heap that clients can take, and the heap that they may take. Kafka reads while its queue is not full, so one
 * request may exceed the limit of the queue.
 */
export function heapOfClients(
  brokers: Brokers,
  pool: Heap,
): {
  readonly taken: Bytes;
  readonly allowed: Bytes;
  readonly arithmetic: string;
} {
  const [queue, connections] = [queuedRequests(brokers, pool), connectionLimit(brokers, pool)];
  const taken = bytes(queue + brokers.socketRequestMax + connections * CONNECTION);
  const parts = [
    `${formatBytes(queue)} of requests that wait`,
    `one more of ${formatBytes(brokers.socketRequestMax)}`,
    `${connections} connections x ${formatBytes(CONNECTION)}`,
  ];
  return {
    taken,
    allowed: bytes(Math.floor(pool.heap * SHARE_OF_CLIENTS)),
    arithmetic: `${parts.join(' + ')} = ${formatBytes(taken)}`,
  };
}

/**
 * Limit for buffers outside the heap, `-XX:MaxDirectMemorySize`: each thread that reads or writes copies its data through
 * a buffer of at most a whole request or fetch response. There is room for more brokers than there are, as the limit holds from
 * a start of the JVM to the next: twice the room whenever it is used up.
 */
export function directMemory(brokers: Brokers, pool: Pick<NodePool, 'roles'>): Bytes {
  const { networkThreads, ioThreads, replicaFetchers, socketRequestMax } = brokers;
  const ofRequests = (networkThreads + ioThreads) * socketRequestMax;
  const fetchers = isBroker({ pool }) ? replicaFetchers * (roomFor(brokersOf(brokers).length) - 1) : 0;
  return bytes(ofRequests + fetchers * FETCH_RESPONSE);
}

const roomFor = (count: number): number => Math.max(ROOM_FOR_BROKERS, 2 ** Math.ceil(Math.log2(count)));

/** Minimum memory of a pod of the pool, with the calculation. */
export function leastMemory(
  brokers: Brokers,
  pool: Heap & Pick<NodePool, 'roles'>,
): { readonly bytes: Bytes; readonly arithmetic: string } {
  const { heap } = pool;
  const direct = directMemory(brokers, pool);
  const native = bytes(Math.max(LEAST_NATIVE, heap * NATIVE_SHARE_OF_HEAP));
  const total = bytes(heap + direct + native);
  const parts = [
    `a heap of ${formatBytes(heap)}`,
    `${formatBytes(direct)} of buffers`,
    `${formatBytes(native)} for the rest of the JVM`,
  ];
  return { bytes: total, arithmetic: `${parts.join(' + ')} = ${formatBytes(total)}` };
}
