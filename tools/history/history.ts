import type { RecordsMissing } from '../../src/client/notices';

/** The groups under test. Each must account for every record of the source. */
export const GROUPS = ['retrying', 'batches', 'exactly-once'] as const;
export type Group = (typeof GROUPS)[number];

/** A record that brokers acknowledged. */
export interface Acknowledged {
  readonly id: number;
  /** Number of times that the source had been recreated when the record was written. */
  readonly incarnation: number;
  readonly partition: number;
  readonly offset: bigint;
}

/** A consumer's notice about missing records. */
export interface Report extends Pick<RecordsMissing, 'partition' | 'from' | 'to' | 'reason'> {
  /** Number of times that the source had been recreated at the time of the notice. */
  readonly incarnation: number;
  /** Number of records of the source that the group had received by then. */
  readonly given: number;
}

/** The outcomes of records in one group. */
export interface Account {
  /** Ids in the order in which the application received them, including repetitions. */
  readonly given: number[];
  /** Ids of successfully handled records, including repetitions; for a transform, the ids in its committed output. */
  handled: readonly number[];
  /** Ids in the group's dead letter topic, including repetitions. */
  deadLettered: readonly number[];
  readonly reports: Report[];
}

/** Deliberately deleted records. */
export interface Deletion {
  readonly incarnation: number;
  readonly partition: number;
  /** Everything below this offset was deleted. */
  readonly below: bigint;
}

/** All events of a run that the checker needs. */
export class History {
  readonly acknowledged: Acknowledged[] = [];
  /** Ids of sent records, with any outcome. */
  readonly sent = new Set<number>();
  /** Ids of records whose transaction was aborted. */
  readonly aborted = new Set<number>();
  readonly deletions: Deletion[] = [];
  /**
   * Groups that were stopped while an incarnation was deleted. Brokers delete the offsets of a group with the topic.
   * When the group returns, nothing shows that it had a position, so it cannot report records that it had not read.
   */
  readonly absences: { readonly group: Group; readonly incarnation: number }[] = [];
  /** Number of times that the source has been recreated. */
  incarnation = 0;
  readonly accounts: Readonly<Record<Group, Account>> = {
    retrying: newAccount(),
    batches: newAccount(),
    'exactly-once': newAccount(),
  };
  private lastId = 0;

  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  report(group: Group, { partition, from, to, reason }: RecordsMissing): void {
    const { reports, given } = this.accounts[group];
    reports.push({ partition, from, to, reason, incarnation: this.incarnation, given: given.length });
  }
}

const newAccount = (): Account => ({ given: [], handled: [], deadLettered: [], reports: [] });
