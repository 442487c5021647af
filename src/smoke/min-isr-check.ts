import { setTimeout as delay } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';
import { SMOKE_TOPIC } from '../topics/catalogue';
import { outOfSync } from '../topics/live-topics';
import { METADATA } from '../wire/metadata';
import { ask } from '../wire/request';
import { failed, passed, skipped, type BrokerControl, type Check, type SmokeTarget } from './check';
import { kafkaErrorType, quietKafka, withAdmin, withProducer } from '../client/quiet-kafka';
import { describeJudgement, isFlawless, judge, type Judgement } from './oracle';
import { endOffsets, readRun } from './reader';
import { encodeRecord, type LedgerEntry } from './ledger';
import { PartitionWriter } from './writer';

const RECORDS = 20;
const HEAL_MS = 60_000;
const POLL_MS = 250;
const REFUSAL = 'NOT_ENOUGH_REPLICAS';

/** One broker less and writes go on; one more and they are refused, as nobody could keep them safe; then all heals. */
export const minIsrCheck: Check = {
  name: 'min ISR',
  async run(target, note) {
    const { control, config, bootstrap, kafka } = target;
    if (control === undefined) return skipped('needs power over the brokers, which only the local platform gives');
    if (config.brokers.count !== 3)
      return skipped(`is written for three brokers, and there are ${config.brokers.count}`);
    const run = `${target.run}-min-isr`;
    const from = await endOffsets(kafka, SMOKE_TOPIC);
    const writers = [...from.keys()].map(
      (partition) => new PartitionWriter({ kafka, topic: SMOKE_TOPIC, run }, partition),
    );
    const faults = await withFaults(target, { run, writers, control, note });
    const judgement = judge(faults.ledger, await readRun({ bootstrap, topic: SMOKE_TOPIC, run, from }));
    return verdict(faults, judgement);
  },
};

interface Faults {
  readonly ledger: readonly LedgerEntry[];
  /** Errors of writes with one broker down. */
  readonly withOneDown: readonly string[];
  /** What a write with two brokers down was answered. */
  readonly withTwoDown: string;
  /** Errors of writes after all came back. */
  readonly healed: readonly string[];
}

function verdict({ withOneDown, withTwoDown, healed }: Faults, judgement: Judgement) {
  const records = describeJudgement(judgement);
  if (withOneDown.length > 0)
    return failed(`with one broker down, writes failed: ${withOneDown.join(', ')}`, judgement);
  if (withTwoDown !== REFUSAL)
    return failed(`with two brokers down, a write was answered ${withTwoDown} instead of ${REFUSAL}`, judgement);
  if (healed.length > 0) return failed(`after all brokers came back, writes failed: ${healed.join(', ')}`, judgement);
  if (!isFlawless(judgement)) return failed(records, judgement);
  return passed(`one broker down: written; two down: ${REFUSAL}; then healed. ${records}`, judgement);
}

interface FaultProps {
  readonly run: string;
  readonly writers: readonly PartitionWriter[];
  readonly control: BrokerControl;
  readonly note: (detail: string) => void;
}

async function withFaults(
  { bootstrap, kafka }: SmokeTarget,
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
    const probe = await refusedWrite(bootstrap, { run, partition: refused });
    note('starting both again');
    await startAll(control, down);
    await untilInSync(bootstrap);
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

/** Sequence of the record that has to be refused; far from those of the writers. */
const PROBE_SEQUENCE = 1_000_000;

/** A single attempt: retries would hide the answer. */
async function refusedWrite(
  bootstrap: readonly string[],
  { run, partition }: { readonly run: string; readonly partition: number },
) {
  const producer = quietKafka(bootstrap).producer({ retry: { retries: 0 } });
  const entry = { partition, sequence: PROBE_SEQUENCE };
  try {
    await withProducer(producer, () =>
      producer.send({
        topic: SMOKE_TOPIC,
        acks: -1,
        messages: [{ partition, value: encodeRecord(run, PROBE_SEQUENCE) }],
      }),
    );
    return { answer: 'acknowledged', entry: { ...entry, outcome: 'acked' as const } };
  } catch (error) {
    const answer = kafkaErrorType(error) ?? String(error);
    return { answer, entry: { ...entry, outcome: answer === REFUSAL ? ('refused' as const) : ('unknown' as const) } };
  }
}

/** Node ids, the one that leads most partitions of the smoke topic first: it survives. */
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

async function untilInSync(bootstrap: readonly string[]): Promise<void> {
  const deadline = Date.now() + HEAL_MS;
  for (;;) {
    const behind = (await ask(bootstrap, METADATA)).flatMap(outOfSync);
    if (behind.length === 0) return;
    if (Date.now() > deadline) throw new Error(`not in sync after ${HEAL_MS / 1_000} s: ${behind.join(', ')}`);
    await delay(POLL_MS);
  }
}
