import type { ConnectionSasl } from './connection';

/** Time in which a new password has to arrive at brokers and at the client, which get it one after the other. */
const ROTATION_MS = 120_000;

/** What a client knows of its logins as one user. */
export class LoginMemory {
  private accepted: string | undefined;
  private refused: string | undefined;
  private refusedSince: number | undefined;

  /** @param now time in milliseconds @default that of the process */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * The password for the next login: the given one, or after its refusal the one that was accepted last, as brokers may not have the new one
   * yet.
   */
  next(current: string): string {
    return current === this.refused ? (this.accepted ?? current) : current;
  }

  accept(password: string): void {
    this.accepted = password;
    this.refused = undefined;
    this.refusedSince = undefined;
  }

  /** @returns whether another login may succeed soon: only a user who was let in before can have a new password */
  refuse(password: string): boolean {
    this.refused = password;
    this.refusedSince ??= this.now();
    return this.accepted !== undefined && this.now() - this.refusedSince < ROTATION_MS;
  }
}

const memories = new WeakMap<ConnectionSasl, LoginMemory>();

/** What all connections with these credentials know. */
export function loginMemory(sasl: ConnectionSasl): LoginMemory {
  let memory = memories.get(sasl);
  if (memory === undefined) memories.set(sasl, (memory = new LoginMemory()));
  return memory;
}
