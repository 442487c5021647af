/** Exit codes of a process whose consumer ended for that reason; beyond 1 and 2, which Node and bash use themselves. */
const EXIT_CODES = {
  /** The handler, or the sink of permanent errors, threw something fatal. */
  fatal: 3,
  /** A record fails permanently and there is no sink for it. */
  permanent: 4,
  /** kafkajs gave its consumer up, and will not start it again. */
  crashed: 5,
} as const;

export type EndReason = keyof typeof EXIT_CODES;

/** Why a consumer ended that nobody closed. The `cause` is what was thrown. */
export class ConsumerEnded extends Error {
  override readonly name = 'ConsumerEnded';
  /** What the process should exit with. */
  readonly exitCode: number;

  constructor(
    readonly reason: EndReason,
    override readonly cause: unknown,
  ) {
    super(`the consumer ended (${reason}): ${cause instanceof Error ? cause.message : String(cause)}`);
    this.exitCode = EXIT_CODES[reason];
  }
}
