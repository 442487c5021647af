import { avro, createClients, defineRetryChain } from 'kafka-platform/client';

export interface Invoice {
  readonly id: string;
  readonly cents: number;
}

export interface Payout {
  readonly invoiceId: string;
  readonly cents: number;
}

const field = (name: string, type: string) => ({ name, type });
const record = (name: string, ...fields: readonly object[]) => ({ type: 'record', namespace: 'billing', name, fields });

/** The topics of this project, the schemas of their values, and where invoices go that cannot be handled yet. */
export const catalogue = {
  topics: [{ name: 'invoices' }, { name: 'payouts' }],
  schemas: {
    invoices: [avro<Invoice>(record('Invoice', field('id', 'string'), field('cents', 'long')))],
    payouts: [avro<Payout>(record('Payout', field('invoiceId', 'string'), field('cents', 'long')))],
  },
  retryChains: { billing: defineRetryChain({ topic: 'invoices', group: 'billing', delays: ['1s'] }) },
} as const;

export const clients = createClients(catalogue);
