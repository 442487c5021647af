import type { z } from 'zod';
import { decideFormat, type FormatDecision, type KnownNode } from '../formation/decide-format';
import { diskSchema, type Disk } from '../formation/disk';
import type { Format } from '../formation/format-arguments';
import { readDisks } from '../formation/node-disks';
import { nodeWithId, type GuardSettings, type GuardedNode } from './settings';

interface FormationProps {
  readonly settings: GuardSettings;
  readonly nodeId: number;
  /** Asks the guard of another node, `GET /disk` for example. */
  readonly call: <T>(node: GuardedNode, what: string, schema: z.ZodType<T>) => Promise<T>;
  /** Whether a controller answers as the leader of the quorum. */
  readonly hasLeader: () => Promise<boolean>;
}

/** Decides how the disk of one node is formatted, from what the guards of all nodes say of theirs. */
export class Formation {
  private forced: Format | undefined;

  constructor(private readonly props: FormationProps) {}

  /** The disks of this node, read anew each time. */
  get disk(): Disk {
    const { settings, nodeId } = this.props;
    return readDisks(nodeWithId(settings, nodeId));
  }

  /** An operator decides instead; holds until the guard ends. */
  force(format: Format): void {
    this.forced = format;
  }

  /** How the start script of this node may format its disk. */
  async decide(): Promise<FormatDecision> {
    if (this.forced !== undefined) return { format: this.forced };
    const { settings, nodeId, hasLeader } = this.props;
    const { nodes } = settings;
    if (nodes.every(({ id }) => id !== nodeId)) return { wait: `node ${nodeId} is not part of brokers.nodePools` };
    const others = nodes.filter(({ id }) => id !== nodeId);
    // The leader is asked last: a quorum that forms meanwhile is seen, either by its leader or by a disk.
    const known = await Promise.all(others.map((node) => this.known(node)));
    const { disk } = this;
    return decideFormat({
      clusterId: settings.clusterId,
      isController: nodeWithId(settings, nodeId).isController,
      hasData: disk.state === 'empty' && disk.data !== undefined,
      others: known,
      hasLeader: await hasLeader(),
    });
  }

  private async known(node: GuardedNode): Promise<KnownNode> {
    const disk = await this.props.call(node, 'GET /disk', diskSchema).catch(() => undefined);
    return { id: node.id, isController: node.isController, disk };
  }
}
