import { nodeName, type BrokerNode } from '../components/kafka-cluster/layout';
import { isBroker } from '../components/kafka-cluster/nodes';
import { opens } from '../protocol/opens';
import { LocalProcess } from '../processes/local-process';

interface BrokerProcessProps {
  readonly node: BrokerNode;
  readonly java: string;
  readonly args: readonly string[];
  readonly logFile: string;
}

/** A node as a process of this machine. */
export class BrokerProcess extends LocalProcess {
  private readonly node: BrokerNode;

  constructor({ node, java, args, logFile }: BrokerProcessProps) {
    super({ name: nodeName(node), program: java, args, logFile });
    this.node = node;
  }

  get isBroker(): boolean {
    return isBroker(this.node);
  }

  get nodeId(): number {
    return this.node.id;
  }

  /** Waits for the client port, which Kafka opens once the broker is registered and not fenced; a controller has its own port alone. */
  accepting(withinMs: number): Promise<void> {
    const { host, ports } = this.node;
    return this.until(() => opens(host, this.isBroker ? ports.client : ports.controller), withinMs);
  }
}
