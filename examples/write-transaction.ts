import type { KafkaConnection, TransactionOutcome } from 'kafka-platform/client';
import { clients, type EventOf } from './catalogue/clients';

interface WriteTransactionProps {
  readonly connection: KafkaConnection;
  readonly registry: string;
  /** Unique to this process and stable across restarts, such as the name of the pod. */
  readonly transactionalId: string;
  readonly payments: readonly EventOf<'payments'>[];
}

/** Writes the results of each payment to three topics atomically. @returns the outcome of each payment */
export async function writeTransaction(props: WriteTransactionProps): Promise<ReadonlyMap<string, TransactionOutcome>> {
  const { connection, registry, transactionalId, payments } = props;
  const serde = await clients.openSerde({
    registry,
    topics: ['payments', 'orders-paid', 'revenue'],
  });
  const writer = await clients.openWriter({ connection, transactionalId });
  const outcomes = new Map<string, TransactionOutcome>();
  for (const payment of payments) {
    const { orderId, paymentId, customerId, amountMinor, currency, processedAt } = payment;
    const paid = { orderId, customerId, paymentId, amountMinor, currency, paidAt: processedAt };
    const revenue = { orderId, paymentId, amountMinor, currency, recordedAt: processedAt };
    const outcome = await writer.write([
      { topic: 'payments', key: customerId, value: serde.encode('payments', payment) },
      { topic: 'orders-paid', key: customerId, value: serde.encode('orders-paid', paid) },
      { topic: 'revenue', key: currency, value: serde.encode('revenue', revenue) },
    ]);
    // An aborted transaction may be written again without duplicates. After `unknown`, only the log shows the outcome.
    outcomes.set(paymentId, outcome);
  }
  await writer.close();
  return outcomes;
}
