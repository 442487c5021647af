import type { BrokerNode } from '../components/kafka-cluster/layout';
import { opens } from '../protocol/opens';
import { LocalProcess } from '../processes/local-process';

interface BrokerProcessProps {
  readonly node: BrokerNode;
  readonly java: string;
  readonly args: readonly string[];
  readonly logFile: string;
}

/** A broker as a process of this machine. */
export class BrokerProcess extends LocalProcess {
  private readonly node: BrokerNode;

  constructor({ node, java, args, logFile }: BrokerProcessProps) {
    super({ name: `Broker ${node.id}`, program: java, args, logFile });
    this.node = node;
  }

  get nodeId(): number {
    return this.node.id;
  }

  /** Waits for the client port, which Kafka opens once the broker is registered and not fenced. */
  accepting(withinMs: number): Promise<void> {
    const { host, ports } = this.node;
    return this.until(() => opens(host, ports.client), withinMs);
  }
}
