import type { ClusterSettings } from './cluster-settings';
import type { NodePool } from './node-pool-props';
import { brokersOf } from './nodes';
import { bytes, formatBytes, kibibytes, mebibytes, type Bytes } from '../../validation/units';

type Brokers = ClusterSettings['brokers'];
type Heap = Pick<NodePool, 'heap'>;

/** The part of the heap that clients may take; the rest is for replication, the log cleaner, metadata and garbage. */
const SHARE_OF_CLIENTS = 1 / 2;

/** Of the heap: for requests that wait, and for connections, unless they are set. */
const DERIVED_SHARE = 1 / 8;

/** An open connection with its channel, its buffers and what is on its way. */
const CONNECTION = kibibytes(32);

/** Kafka's `replica.fetch.response.max.bytes`, which each fetcher of each other broker may have in memory. */
const FETCH_RESPONSE = mebibytes(10);

/** Metaspace, compiled code and stacks: an estimate, which no run has measured. */
const LEAST_NATIVE = mebibytes(160);

/** What the garbage collector keeps beside a heap. */
const NATIVE_SHARE_OF_HEAP = 1 / 8;

/** `queued.max.request.bytes`: what was read and is not yet handled takes no more, from however many clients. */
export const queuedRequests = ({ queuedRequestsMax, socketRequestMax }: Brokers, { heap }: Heap): Bytes =>
  queuedRequestsMax ?? bytes(Math.max(socketRequestMax, Math.floor(heap * DERIVED_SHARE)));

/** `max.connections` of one broker. */
export const connectionLimit = ({ maxConnections }: Brokers, { heap }: Heap): number =>
  maxConnections ?? Math.floor((heap * DERIVED_SHARE) / CONNECTION);

/**
 * The heap that clients can take at the most, and what they may: Kafka goes on reading while its queue is not full, so
 * that one request may come on top of it.
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
 * Memory beside the heap that buffers may take, `-XX:MaxDirectMemorySize`: a thread that reads or writes copies what it
 * has at hand through one, at the most a whole request or a fetched response.
 */
export function directMemory(brokers: Brokers): Bytes {
  const { networkThreads, ioThreads, replicaFetchers, socketRequestMax } = brokers;
  const ofClients = (networkThreads + ioThreads) * socketRequestMax;
  return bytes(ofClients + replicaFetchers * (brokersOf(brokers).length - 1) * FETCH_RESPONSE);
}

/** The least memory of a pod of the pool, and how that was reckoned. */
export function leastMemory(brokers: Brokers, { heap }: Heap): { readonly bytes: Bytes; readonly arithmetic: string } {
  const direct = directMemory(brokers);
  const native = bytes(Math.max(LEAST_NATIVE, heap * NATIVE_SHARE_OF_HEAP));
  const total = bytes(heap + direct + native);
  const parts = [
    `a heap of ${formatBytes(heap)}`,
    `${formatBytes(direct)} of buffers`,
    `${formatBytes(native)} for the rest of the JVM`,
  ];
  return { bytes: total, arithmetic: `${parts.join(' + ')} = ${formatBytes(total)}` };
}
