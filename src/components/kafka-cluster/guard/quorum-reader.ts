import { CLIENT_IDS } from '../../../protocol/client-ids';
import { DESCRIBE_QUORUM, type QuorumDescription } from '../../../protocol/describe-quorum';
import type { KafkaConnection } from '../../../protocol/connection';
import { opens } from '../../../protocol/opens';
import { askServer } from '../../../protocol/request';
import type { GuardSettings, GuardedNode } from './settings';

const TIMEOUT_MS = 2_000;

/** Asks the controllers themselves about the metadata quorum. */
export class QuorumReader {
  /** @param access by which controllers let in. @default their listener is not encrypted */
  constructor(
    private readonly cluster: Pick<GuardSettings, 'nodes'>,
    private readonly access: Pick<KafkaConnection, 'tls'> = {},
  ) {}

  /** What the leader says; undefined if no controller answers as the leader: the others refuse to answer for it. */
  async describe(): Promise<QuorumDescription | undefined> {
    const answers = await Promise.allSettled(
      this.controllers.map(({ host, controllerPort }) =>
        askServer({ server: `${host}:${controllerPort}`, clientId: CLIENT_IDS.guard, ...this.tls }, DESCRIBE_QUORUM, {
          timeoutMs: TIMEOUT_MS,
        }),
      ),
    );
    return answers
      .flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
      .find(({ leaderId }) => leaderId >= 0);
  }

  async hasLeader(): Promise<boolean> {
    return (await this.describe()) !== undefined;
  }

  /** How many controllers can be reached. @param nodeId one that asks, and counts itself */
  async votersUp(nodeId: number): Promise<number> {
    const others = this.controllers.filter(({ id }) => id !== nodeId);
    const up = await Promise.all(others.map(({ host, controllerPort }) => opens(host, controllerPort, TIMEOUT_MS)));
    return this.controllers.length - others.length + up.filter(Boolean).length;
  }

  private get tls(): Pick<KafkaConnection, 'tls'> {
    const { tls } = this.access;
    return tls === undefined ? {} : { tls };
  }

  private get controllers(): readonly GuardedNode[] {
    return this.cluster.nodes.filter(({ isController }) => isController);
  }
}
