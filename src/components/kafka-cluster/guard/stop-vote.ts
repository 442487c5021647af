/** Long enough for a broker that may stop to leave the ISRs, where every other guard sees it. */
const LEASE_MS = 15_000;

/**
 * The one vote of a guard. Two brokers that ask at the same moment both find every replica in sync; only the one with
 * the votes of a majority may stop. A vote runs out on its own, as who got it may be gone.
 */
export class StopVote {
  private held: { readonly candidate: number; readonly until: number } | undefined;

  constructor(private readonly now: () => number = Date.now) {}

  /** Gives the vote, or gives it anew, unless another candidate has it. */
  give(candidate: number): boolean {
    if (this.holder !== undefined && this.holder !== candidate) return false;
    this.held = { candidate, until: this.now() + LEASE_MS };
    return true;
  }

  /** The candidate gives the vote back. */
  release(candidate: number): void {
    if (this.held?.candidate === candidate) this.held = undefined;
  }

  get holder(): number | undefined {
    return this.held !== undefined && this.held.until > this.now() ? this.held.candidate : undefined;
  }
}
