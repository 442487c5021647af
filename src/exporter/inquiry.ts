import type { ClusterBroker } from '../wire/describe-cluster';
import { askServer, type Request } from '../wire/request';

/** Asks brokers for parts of a picture: what one of them does not tell is noted, and the rest stays. */
export class Inquiry {
  private readonly noted = new Set<string>();

  /** @param timeoutMs without a byte from a broker */
  constructor(private readonly timeoutMs: number) {}

  /** What is missing, in words. */
  get problems(): readonly string[] {
    return [...this.noted];
  }

  /** @returns nothing when the broker does not answer, or refuses */
  async ask<T>({ id, host, port }: ClusterBroker, request: Request<T>): Promise<T | undefined> {
    try {
      return await askServer(`${host}:${port}`, request, this.timeoutMs);
    } catch (error) {
      this.noted.add(`broker ${id}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  /** Asks for many things, of which the broker may refuse some. @returns the others */
  async askEach<T extends { readonly code: number }>(
    broker: ClusterBroker,
    request: Request<readonly T[]>,
  ): Promise<readonly T[]> {
    const answers = (await this.ask(broker, request)) ?? [];
    for (const { code } of answers) {
      if (code !== 0) this.noted.add(`broker ${broker.id}: Kafka's error code ${code} to request ${request.apiKey}`);
    }
    return answers.filter(({ code }) => code === 0);
  }
}
