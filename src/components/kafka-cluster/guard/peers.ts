import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import { request } from 'node:http';
import { z } from 'zod';
import type { GuardSettings, GuardedNode } from './settings';
import { majorityOf } from './stop-rule';
import type { StopVote } from './stop-vote';
import type { Cause } from './stops-in-spite';

const TIMEOUT_MS = 1_500;

/** Between two looks while something depends on them: a peer that leaves is there for some seconds only. */
const FOLLOW_MS = 250;

/** How long the last word of a guard that is gone counts: its broker may have come back where nobody reaches it. */
const MEMORY_MS = 30_000;

const stopSchema = z.enum(['none', 'waiting', 'together', 'leaving']);
const statusSchema = z.object({ stop: stopSchema });
const voteSchema = z.object({ given: z.boolean() });

/**
 * How far a node's stop has come: `waiting` when it was asked to stop, `together` when it knows that all were,
 * `leaving` when it may.
 */
export type StopStatus = z.output<typeof stopSchema>;

interface Self {
  readonly nodeId: number;
  readonly vote: StopVote;
  /** How this guard stands; the others are told whenever they are asked. */
  readonly status: () => StopStatus;
}

/** The guards of the other nodes. */
export class Peers {
  private readonly lastHeard = new Map<number, { readonly stop: StopStatus; readonly at: number }>();
  private readonly addresses = new Map<string, LookupAddress>();
  private readonly answering = new Set<number>();

  constructor(
    private readonly cluster: Pick<GuardSettings, 'nodes'>,
    private readonly self: Self,
  ) {}

  /** How every other guard stood when it was heard last. Of one that is gone, that counts for a while. */
  get statuses(): ReadonlyMap<number, StopStatus> {
    return new Map(this.others.map(({ id }) => [id, this.remembered(id)]));
  }

  /** Whether the guard of another node answered when it was asked last. A guard ends after its node. */
  isAnswering(nodeId: number): boolean {
    return this.answering.has(nodeId);
  }

  /** Asks every other guard how it stands, and tells how this one does. @returns whether all were reached */
  async refresh(): Promise<boolean> {
    const answers = await Promise.all(
      this.others.map(async (node) => {
        const path = `/status/${this.self.nodeId}/${this.self.status()}`;
        const status = await this.call(node, `PUT ${path}`, statusSchema).catch(() => undefined);
        if (status === undefined) this.answering.delete(node.id);
        else this.answering.add(node.id);
        if (status !== undefined) this.hear(node.id, status.stop);
        return status !== undefined;
      }),
    );
    return answers.every(Boolean);
  }

  /** Tells every other guard that this node stops although something speaks against it. @returns whether all were reached */
  async tellInSpite(cause: Cause): Promise<boolean> {
    const calls = this.others.map((node) => this.call(node, `PUT /in-spite/${this.self.nodeId}/${cause}`, z.unknown()));
    return (await Promise.allSettled(calls)).every(({ status }) => status === 'fulfilled');
  }

  /** Asks again and again until the work is done, however long a single answer takes. */
  async following<T>(work: Promise<T>): Promise<T> {
    const timer = setInterval(() => void this.refresh(), FOLLOW_MS);
    try {
      return await work;
    } finally {
      clearInterval(timer);
    }
  }

  /** The outcome of some work; undefined as soon as something holds that is looked at meanwhile. */
  async unless<T>(holds: () => boolean, work: Promise<T>): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const held = new Promise<undefined>((done) => {
      timer = setInterval(() => {
        if (holds()) done(undefined);
      }, FOLLOW_MS);
    });
    try {
      return await Promise.race([work, held]);
    } finally {
      clearInterval(timer);
    }
  }

  /** Notes what another guard tells of itself; what is no status is not noted. */
  hear(nodeId: number, stop: string): void {
    const parsed = stopSchema.safeParse(stop);
    if (parsed.success) this.lastHeard.set(nodeId, { stop: parsed.data, at: Date.now() });
  }

  /**
   * Asks the guards of the controllers for their votes: their number stays the same when brokers come and go. One after the other, so
   * that of several that ask, the one with the first vote gets the others too.
   * @returns whether a majority of them gave theirs; if not, all are given back
   */
  async elect(): Promise<boolean> {
    const { electors } = this;
    let given = 0;
    for (const node of electors) {
      const answer = await this.ask(node);
      if (answer === 'given') given += 1;
      if (answer === 'refused') break;
    }
    if (given >= majorityOf(electors.length)) return true;
    await this.giveBack();
    return false;
  }

  async giveBack(): Promise<void> {
    const { nodeId, vote } = this.self;
    vote.release(nodeId);
    await Promise.allSettled(
      this.electors
        .filter(({ id }) => id !== nodeId)
        .map((node) => this.call(node, `DELETE /vote/${nodeId}`, z.unknown())),
    );
  }

  /** Asks one guard, perhaps this one, for its vote. */
  private async ask(node: GuardedNode): Promise<'given' | 'refused' | 'no-answer'> {
    const { nodeId, vote } = this.self;
    const answer =
      node.id === nodeId
        ? { given: vote.give(nodeId) }
        : await this.call(node, `PUT /vote/${nodeId}`, voteSchema).catch(() => undefined);
    if (answer === undefined) return 'no-answer';
    return answer.given ? 'given' : 'refused';
  }

  private get electors(): readonly GuardedNode[] {
    return this.cluster.nodes.filter(({ isController }) => isController);
  }

  private remembered(nodeId: number): StopStatus {
    const heard = this.lastHeard.get(nodeId);
    return heard !== undefined && Date.now() - heard.at < MEMORY_MS ? heard.stop : 'none';
  }

  private get others(): readonly GuardedNode[] {
    return this.cluster.nodes.filter(({ id }) => id !== this.self.nodeId);
  }

  /** Asks one guard. @param what method and path, such as `GET /disk` */
  call<T>({ host, guardPort }: GuardedNode, what: string, schema: z.ZodType<T>): Promise<T> {
    const [method = '', path = ''] = what.split(' ');
    return new Promise((done, fail) => {
      const call = request({ host, port: guardPort, method, path, timeout: TIMEOUT_MS, lookup: this.lookup });
      call.once('timeout', () => call.destroy(new Error('no answer')));
      call.once('error', fail);
      call.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', fail);
        response.once('end', () => {
          const parsed = schema.safeParse(parseJson(Buffer.concat(chunks).toString()));
          if (parsed.success) done(parsed.data);
          else fail(parsed.error);
        });
      });
      call.end();
    });
  }

  /** Names of a namespace that is being deleted may be gone before its pods are: the last known address still holds. */
  private readonly lookup = (
    host: string,
    options: LookupOptions,
    done: (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void,
  ): void => {
    resolve(host, { family: options.family }, (error, address, family) => {
      if (error === null) this.addresses.set(host, { address, family });
      const known = this.addresses.get(host);
      if (known === undefined) done(error, '');
      else if (options.all === true) done(null, [known]);
      else done(null, known.address, known.family);
    });
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
