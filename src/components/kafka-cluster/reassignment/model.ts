/** A broker that can store replicas. */
export interface PlacementBroker {
  /** `node.id`. */
  readonly id: number;
  /** `broker.rack`; undefined without one. */
  readonly rack: string | undefined;
}

/** A partition with the brokers that store it. */
export interface PlacedPartition {
  readonly topic: string;
  readonly partition: number;
  /** Ids of brokers; the first is the preferred leader. */
  readonly replicas: readonly number[];
  /** Size of one replica. */
  readonly bytes: number;
}

/** A partition whose replicas change. */
export interface Move {
  readonly topic: string;
  readonly partition: number;
  /** Its replicas of before, in their order. */
  readonly from: readonly number[];
  /** Its replicas of afterwards, in their order. */
  readonly to: readonly number[];
  /** Size of one replica, in bytes: what each broker that is new in `to` copies. */
  readonly bytes: number;
}
