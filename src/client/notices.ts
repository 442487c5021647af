/** Records that should have been read next are missing in the log. */
export interface RecordsMissing {
  readonly kind: 'records-missing';
  readonly topic: string;
  readonly partition: number;
  /** Undefined if the log is read without a group. */
  readonly groupId?: string | undefined;
  /** The first offset that should have been read. */
  readonly from: bigint;
  /** The offset at which reading continues. */
  readonly to: bigint;
  /**
   * `log-starts-later`: records were deleted by retention or by a command. `log-ends-earlier`: records were lost, for
   * example by an unclean leader election or with a disk. `topic-recreated`: the position belongs to a deleted topic of
   * the same name.
   */
  readonly reason: 'log-starts-later' | 'log-ends-earlier' | 'topic-recreated';
  /** The notice as one sentence. */
  readonly message: string;
}

/**
 * An activity that fails and is retried. The notice is sent at the first failure, and then at long intervals while the
 * failure continues.
 */
export interface StillFailing {
  readonly kind: 'still-failing';
  readonly topic: string;
  readonly partition?: number | undefined;
  readonly groupId?: string | undefined;
  /** Offset of the first affected record, if known. */
  readonly offset?: bigint | undefined;
  readonly attempts: number;
  /** Maximum number of attempts; `Infinity` if not limited. */
  readonly maxAttempts: number;
  /** Time limit in milliseconds after which the client ends; undefined if there is none. */
  readonly giveUpAfterMs?: number | undefined;
  readonly cause: unknown;
  /** The notice as one sentence. */
  readonly message: string;
}

/** An activity that was reported as failing has succeeded. */
export interface Recovered {
  readonly kind: 'recovered';
  readonly topic: string;
  readonly partition?: number | undefined;
  readonly groupId?: string | undefined;
  /** Duration of the failure in milliseconds, since its first notice. */
  readonly failedMs: number;
  /** The notice as one sentence. */
  readonly message: string;
}

/** Servers that a client needs do not answer: told after a few seconds of attempts, and then rarely for as long as it tries. */
export interface ServersUnreachable {
  readonly kind: 'servers-unreachable';
  /** `host:port` of brokers, or the address of a registry. */
  readonly servers: readonly string[];
  /** Of the clients that try; nothing where it is the serde, which has none. */
  readonly clientId?: string | undefined;
  /** From the first attempt on, in milliseconds. */
  readonly failedMs: number;
  /** Of the first server. */
  readonly cause: unknown;
  /** All of the above in one sentence. */
  readonly message: string;
}

/** A server that was told as unreachable answers. */
export interface ServersReachable {
  readonly kind: 'servers-reachable';
  readonly servers: readonly string[];
  readonly clientId?: string | undefined;
  /** From the first attempt that failed, in milliseconds. */
  readonly failedMs: number;
  /** All of the above in one sentence. */
  readonly message: string;
}

/** Something that the user of a client should know of, although the client goes on by itself. */
export type ClientNotice = RecordsMissing | StillFailing | Recovered | ServersUnreachable | ServersReachable;

/**
 * Receives each notice. An error that it throws ends the client, like a `FatalError`; an application can use this to
 * stop.
 */
export type NoticeListener = (notice: ClientNotice) => void;

/** The default listener: prints one line to standard error. */
export const printNotice: NoticeListener = ({ message }) => console.error(`kafka: ${message}`);
