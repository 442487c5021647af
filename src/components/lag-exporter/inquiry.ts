import { toServer, type KafkaConnection } from '../../protocol/connection';
import type { ClusterBroker } from '../../protocol/describe-cluster';
import { explainKafkaError } from '../../protocol/kafka-errors';
import { askServer, timeoutOf, type Request, type Timing } from '../../protocol/request';
import { messageOf } from '../../validation/message-of';

/** Maximum duration of a reading, in multiples of the timeout of one request. Prometheus waits 10 s for a scrape. */
const WAITS = 4.5;

/** Queries brokers for a snapshot. If one broker does not answer, the missing part is recorded and the rest is kept. */
export class Inquiry {
  private readonly noted = new Set<string>();
  private readonly deadline: number;

  /**
   * @param connection connection to any broker
   * @param timing timeout of each request; all requests together may take four and a half times as long
   */
  constructor(
    private readonly connection: KafkaConnection,
    private readonly timing: Timing,
  ) {
    this.deadline = performance.now() + WAITS * timeoutOf(timing);
  }

  /** Descriptions of the missing parts. */
  get problems(): readonly string[] {
    return [...this.noted];
  }

  /** @returns undefined if the broker does not answer or rejects the request */
  async ask<T>({ id, host, port }: ClusterBroker, request: Request<T>): Promise<T | undefined> {
    const timeoutMs = Math.max(1, Math.min(timeoutOf(this.timing), Math.ceil(this.deadline - performance.now())));
    try {
      return await askServer(toServer(this.connection, `${host}:${port}`), request, { timeoutMs });
    } catch (error) {
      this.noted.add(`broker ${id}: ${messageOf(error)}`);
      return undefined;
    }
  }

  /** Requests many items, some of which the broker may reject. @returns the other items */
  async askEach<T extends { readonly code: number }>(
    broker: ClusterBroker,
    request: Request<readonly T[]>,
  ): Promise<readonly T[]> {
    const answers = (await this.ask(broker, request)) ?? [];
    for (const { code } of answers) {
      if (code !== 0) this.noted.add(`broker ${broker.id}: ${explainKafkaError(code)} (request ${request.apiKey})`);
    }
    return answers.filter(({ code }) => code === 0);
  }
}
