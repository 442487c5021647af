import type { KafkaConnection } from '../../../protocol/connection';
import type { BrokersProps } from '../props';
import { brokersOf } from '../nodes';
import type { Pace } from './apply-moves';
import type { PlacementBroker } from './model';

/** The brokers of a configuration, and the cluster that is to have its partitions on them. */
export interface ReassignmentTarget extends Pace {
  readonly connection: KafkaConnection;
  /** Brokers of the configuration, with the zones of their pools as racks. */
  readonly wanted: readonly PlacementBroker[];
}

/** Brokers that a configuration describes. */
export const wantedBrokers = ({
  brokers,
}: {
  readonly brokers: Pick<BrokersProps, 'nodePools'>;
}): readonly PlacementBroker[] => brokersOf(brokers).map(({ id, pool }) => ({ id, rack: pool.zone }));
