import { poll } from '../../../waiting/poll';
import { brokersOf } from '../nodes';
import type { KafkaConnection } from '../../../protocol/connection';
import type { KafkaClusterConfig } from '../config';
import type { Admin, Kafka } from 'kafkajs';
import { SMOKE_TOPIC } from '../../../smoke/topic';
import { outOfSync } from '../../topics/live-topics';
import { electPreferredLeaders } from '../../../protocol/elect-preferred-leaders';
import { METADATA } from '../../../protocol/metadata';
import { ask } from '../../../protocol/request';
import { failed, passed, skipped } from '../../outcome';
import { withoutSmokeTopic, type BrokerControl, type Check, type SmokeTarget } from '../../../smoke/check';
import { kafkaErrorType, connectKafka, withAdmin, withProducer } from '../../../client/kafka-client';
import { describeVerdict, hasNoAnomaly, checkLedger, type Verdict } from '../../../smoke/checker';
import { endOffsets, readRun } from '../../../smoke/reader';
import { encodeRecord, type LedgerEntry } from '../../../smoke/ledger';
import { PartitionWriter } from '../../../smoke/writer';

const RECORDS = 20;
const HEAL_MS = 60_000;
const ELECTION_MS = 30_000;
const POLL_MS = 250;
const REFUSAL = 'NOT_ENOUGH_REPLICAS';

const ACKNOWLEDGED = 'acknowledged';

/**
 * Checks that writes continue with one broker down; that they are refused with two down, unless the topic's min ISR is 1;
 * and that the cluster recovers afterwards.
 */
export const minIsrCheck: Check<KafkaClusterConfig> = {
  name: 'min ISR',
  async run(target, note) {
    const { control, config, connection, kafka } = target;
    if (control === undefined) return skipped('needs power over the brokers, which only the local platform gives');
    const { length: count } = brokersOf(config.brokers);
    if (count !== 3) return skipped(`is written for three brokers, and there are ${count}`);
    const topic = config.topics.find(({ name }) => name === SMOKE_TOPIC);
    if (topic === undefined) return skipped(withoutSmokeTopic);
    if (topic.replicationFactor === 1)
      return skipped(`${SMOKE_TOPIC} has one replica, and so nothing to write to while its broker is down`);
    const run = `${target.run}-min-isr`;
    const from = await endOffsets(kafka, SMOKE_TOPIC);
    const writers = [...from.keys()].map(
      (partition) => new PartitionWriter({ kafka, topic: SMOKE_TOPIC, run }, partition),
    );
    const faults = await withFaults(target, { run, writers, control, note });
    const verdict = checkLedger(faults.ledger, await readRun({ connection, topic: SMOKE_TOPIC, run, from }));
    return outcomeOf(faults, verdict, topic.minInsyncReplicas > 1 ? REFUSAL : ACKNOWLEDGED);
  },
};

interface Faults {
  readonly ledger: readonly LedgerEntry[];
  /** Errors of writes with one broker down. */
  readonly withOneDown: readonly string[];
  /** Answer to a write with two brokers down. */
  readonly withTwoDown: string;
  /** Errors of writes after all brokers came back. */
  readonly healed: readonly string[];
}

function outcomeOf({ withOneDown, withTwoDown, healed }: Faults, verdict: Verdict, expected: string) {
  const records = describeVerdict(verdict);
  if (withOneDown.length > 0) return failed(`with one broker down, writes failed: ${withOneDown.join(', ')}`, verdict);
  if (withTwoDown !== expected)
    return failed(`with two brokers down, a write was answered ${withTwoDown} instead of ${expected}`, verdict);
  if (healed.length > 0) return failed(`after all brokers came back, writes failed: ${healed.join(', ')}`, verdict);
  if (!hasNoAnomaly(verdict)) return failed(records, verdict);
  return passed(`one broker down: written; two down: ${expected}; then healed. ${records}`, verdict);
}

/** Position of a record. */
type Place = Pick<LedgerEntry, 'partition' | 'sequence'>;

interface FaultProps {
  readonly run: string;
  readonly writers: readonly PartitionWriter[];
  readonly control: BrokerControl;
  readonly note: (detail: string) => void;
}

async function withFaults(
  { connection, kafka }: SmokeTarget<KafkaClusterConfig>,
  { run, writers, control, note }: FaultProps,
): Promise<Faults> {
  const [survivor, first, second] = await nodesByLeadership(kafka);
  if (survivor === undefined || first === undefined || second === undefined)
    throw new Error('three brokers are needed');
  const down = new Set<number>();
  const stop = async (nodeId: number): Promise<void> => {
    note(`stopping broker ${nodeId}`);
    down.add(nodeId);
    await control.stopBroker(nodeId);
  };
  try {
    await stop(first);
    const withOneDown = await writeEverywhere(writers);
    const refused = await survivorsPartition(kafka, survivor);
    await stop(second);
    const probe = await probeWrite(connection, { run, ...reserved(writers, refused) });
    note('starting both again');
    await startAll(control, down);
    await untilInSync(connection);
    await spreadLeaders(connection);
    const healed = await writeEverywhere(writers);
    return {
      ledger: [...writers.flatMap(({ ledger }) => ledger), probe.entry],
      withOneDown,
      withTwoDown: probe.answer,
      healed,
    };
  } finally {
    await Promise.all(writers.map((writer) => writer.close()));
    await startAll(control, down);
  }
}

async function startAll(control: BrokerControl, down: Set<number>): Promise<void> {
  const nodes = [...down];
  down.clear();
  await Promise.all(nodes.map((nodeId) => control.startBroker(nodeId)));
}

/** @returns the distinct errors */
async function writeEverywhere(writers: readonly PartitionWriter[]): Promise<readonly string[]> {
  const answers = await Promise.all(writers.map((writer) => writer.write(RECORDS)));
  return [...new Set(answers.filter((answer) => answer !== undefined))];
}

/** Position of a partition's next record, which its writer skips. */
function reserved(writers: readonly PartitionWriter[], partition: number): Place {
  const writer = writers.find((one) => one.partition === partition);
  if (writer === undefined) throw new Error(`nobody writes to partition ${partition} of ${SMOKE_TOPIC}`);
  return { partition, sequence: writer.reserve() };
}

/** Writes one record in a single attempt: retries would hide the answer. */
async function probeWrite(connection: KafkaConnection, { run, partition, sequence }: Place & { readonly run: string }) {
  const producer = connectKafka(connection).producer({ retry: { retries: 0 } });
  const entry = { partition, sequence };
  try {
    await withProducer(producer, () =>
      producer.send({
        topic: SMOKE_TOPIC,
        acks: -1,
        messages: [{ partition, value: encodeRecord(run, sequence) }],
      }),
    );
    return { answer: ACKNOWLEDGED, entry: { ...entry, outcome: 'acked' as const } };
  } catch (error) {
    const answer = kafkaErrorType(error) ?? String(error);
    return { answer, entry: { ...entry, outcome: answer === REFUSAL ? ('refused' as const) : ('unknown' as const) } };
  }
}

/** Node ids, by the number of led partitions of the smoke topic, descending; the first one is not stopped. */
async function nodesByLeadership(kafka: Kafka): Promise<readonly number[]> {
  return withAdmin(kafka, async (admin) => {
    const { brokers } = await admin.describeCluster();
    const partitions = await smokePartitions(admin);
    const led = (nodeId: number): number => partitions.filter(({ leader }) => leader === nodeId).length;
    return brokers.map(({ nodeId }) => nodeId).sort((a, b) => led(b) - led(a) || a - b);
  });
}

async function survivorsPartition(kafka: Kafka, survivor: number): Promise<number> {
  const partitions = await withAdmin(kafka, smokePartitions);
  const led = partitions.find(({ leader }) => leader === survivor);
  if (led === undefined) throw new Error(`broker ${survivor} leads no partition of ${SMOKE_TOPIC}`);
  return led.partitionId;
}

async function smokePartitions(admin: Admin) {
  const { topics } = await admin.fetchTopicMetadata({ topics: [SMOKE_TOPIC] });
  return topics.flatMap(({ partitions }) => partitions);
}

/** Elects the preferred leaders: the surviving broker leads all partitions, and the controller corrects that minutes later. */
async function spreadLeaders(connection: KafkaConnection): Promise<void> {
  const [refusal, ...others] = await ask(connection, electPreferredLeaders(ELECTION_MS));
  if (refusal === undefined) return;
  const { topic, partition, message } = refusal;
  throw new Error(`${topic}-${partition}${more(others)} cannot be led by the first replica again: ${message}`);
}

const more = ({ length }: readonly unknown[]): string => (length === 0 ? '' : ` and ${length} others`);

async function untilInSync(connection: KafkaConnection): Promise<void> {
  const behind = await poll(async () => (await ask(connection, METADATA)).flatMap(outOfSync), {
    until: ({ length }) => length === 0,
    withinMs: HEAL_MS,
    everyMs: POLL_MS,
  });
  if (behind.length > 0) throw new Error(`not in sync after ${HEAL_MS / 1_000} s: ${behind.join(', ')}`);
}
