import { opens } from '../../../protocol/opens';
import { isCaughtUp } from './stop-rule';
import type { NodeReader, Reading } from './node-reader';
import type { QuorumReader } from './quorum-reader';
import type { GuardedNode } from './settings';
import type { SyncObservation } from './sync-latch';

const LOOPBACK = '127.0.0.1';

/** Reads for a node that is a controller alone: it stores no partitions, and serves as a voter that follows the leader. */
export class ControllerReader implements NodeReader {
  constructor(
    private readonly self: GuardedNode,
    private readonly quorum: Pick<QuorumReader, 'describe'>,
  ) {}

  async read(): Promise<Reading> {
    const [quorum, isUp] = await Promise.all([this.quorum.describe(), this.isOwnUp()]);
    return { views: quorum === undefined ? [] : [{ partitions: [], quorum }], isOwnDown: !isUp };
  }

  isOwnUp(): Promise<boolean> {
    return opens(LOOPBACK, this.self.controllerPort);
  }

  /** A controller whose disk was lost follows as an observer first, and is no voter yet. */
  async isOwnServing(): Promise<boolean> {
    const quorum = await this.quorum.describe();
    const leader = quorum?.voters.find(({ replicaId }) => replicaId === quorum.leaderId);
    const own = quorum?.voters.find(({ replicaId }) => replicaId === this.self.id);
    return own !== undefined && leader !== undefined && isCaughtUp(own, leader);
  }

  async observeSelf(): Promise<SyncObservation> {
    return { isServing: await this.isOwnServing(), lagging: [] };
  }
}
