import { run } from '../src/console/run';
import { EventProducer } from '../src/client/producer/event-producer';
import { BenchCluster } from './clients-cluster';
import { byKeyOrder, fill } from './clients-consuming';
import { isReached, table, type Figure } from './clients-figures';
import { sendRate } from './clients-producing';
import { interleaved, perSecond, ratio, type Rates } from './clients-rounds';
import { median } from './support';

const ROUNDS = 5;
const CLOSE_MS = 30_000;

/** On two threads, which clients and brokers share. */
const TARGET = { atLeast: 0.6 };

/** The options for a quick start leave the compiler out that has the processor's instructions for encryption. */
const JVM_OPTIONS = ['-XX:+UseG1GC'];

/** Producer and consumer through encrypted listeners, beside those that are not, on two clusters of three brokers in one run. */
run(async () => {
  const plain = await BenchCluster.start({ jvmOptions: JVM_OPTIONS });
  try {
    const secured = await BenchCluster.start({ jvmOptions: JVM_OPTIONS, security: { mode: 'tls' } });
    try {
      const figures = [await compare('send', producing(plain), producing(secured)), await consuming(plain, secured)];
      console.log(table(figures));
      if (!figures.every(isReached)) process.exitCode = 1;
    } finally {
      await secured.stop();
    }
  } finally {
    await plain.stop();
  }
});

interface Contender {
  readonly rate: () => Promise<number>;
  readonly close?: () => Promise<unknown>;
}

function producing({ connection }: BenchCluster): Contender {
  const producer = new EventProducer({ connection, compression: 'none' });
  return { rate: () => sendRate(producer), close: () => producer.close(CLOSE_MS) };
}

async function consuming(plain: BenchCluster, secured: BenchCluster): Promise<Figure> {
  for (const { connection } of [plain, secured]) await fill(connection);
  return compare(
    'consumer',
    { rate: () => byKeyOrder(plain.connection) },
    { rate: () => byKeyOrder(secured.connection) },
  );
}

async function compare(what: string, plain: Contender, secured: Contender): Promise<Figure> {
  const rates = await interleaved({ TLS: secured.rate, 'no TLS': plain.rate }, ROUNDS);
  await Promise.all([plain.close?.(), secured.close?.()]);
  return figure(what, rates.TLS, rates['no TLS']);
}

const figure = (what: string, tls: Rates, none: Rates): Figure => ({
  what: `${what}, TLS beside none`,
  measured: perSecond(median(tls)),
  reference: perSecond(median(none)),
  ratio: ratio(tls, none),
  target: TARGET,
});
