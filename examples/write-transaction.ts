import { EventSerde } from '../src/client/serde/event-serde';
import type { TransactionOutcome } from '../src/client/transactions/transaction-outcome';
import { TransactionalWriter } from '../src/client/transactions/transactional-writer';
import type { EventOf } from '../src/schemas/events';

interface WriteTransactionProps {
  readonly bootstrap: readonly string[];
  readonly registry: string;
  /** Of this process alone and the same after a restart, such as the pod's name. */
  readonly transactionalId: string;
  readonly payments: readonly EventOf<'payments'>[];
}

/** Writes what comes of each payment to three topics: all of it or nothing. @returns the outcome of each payment */
export async function writeTransaction(props: WriteTransactionProps): Promise<ReadonlyMap<string, TransactionOutcome>> {
  const { bootstrap, registry, transactionalId, payments } = props;
  const serde = await EventSerde.open({ registry, topics: ['payments', 'orders-paid', 'revenue'] });
  const writer = await TransactionalWriter.open({ bootstrap, transactionalId });
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
    // What was aborted may be written again without a duplicate; of `unknown` only the log can tell.
    outcomes.set(paymentId, outcome);
  }
  await writer.close();
  return outcomes;
}
