import { z } from 'zod';
import { port } from '../../validation/fields';

/** Who connects: clients, voters of the metadata quorum to each other, brokers to each other. */
export const LISTENER_NAMES = ['client', 'controller', 'replication'] as const;

export type ListenerName = (typeof LISTENER_NAMES)[number];

const listenerSchema = z.strictObject({
  /** Peers that connect to it. Brokers listen to client and replication, controllers to controller. */
  name: z.enum(LISTENER_NAMES).meta({ allowed: LISTENER_NAMES.join(', ') }),
  /** TCP port on every node. */
  port: port(),
});

/** The listeners of every node. */
export const listenersSchema = z.array(listenerSchema).default([
  { name: 'client', port: 9092 },
  { name: 'controller', port: 9093 },
  { name: 'replication', port: 9094 },
]);

export type Listener = z.output<typeof listenerSchema>;

/** The ports of a node by who connects to them. */
export const listenerPorts = (listeners: readonly Listener[]): Readonly<Record<ListenerName, number>> =>
  Object.fromEntries(listeners.map(({ name, port }) => [name, port])) as Record<ListenerName, number>;
