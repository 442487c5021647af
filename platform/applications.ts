import type { ApplicationInput } from '../src/components/application/props';

/**
 * Applications that every environment deploys with the platform, by name. Their topics belong in `topics.ts`. Each
 * application must answer HTTP requests of its probes at `SERVICE_PORT` (`readyPath`, `alivePath`):
 *
 *     billing: { image: 'registry.example.com/billing:1.2.3', group: 'billing', reads: ['invoices'], registry: true },
 */
export const applications = {} as const satisfies Readonly<Record<string, ApplicationInput>>;
