import type { KafkaConnection } from '../../src/protocol/connection';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Platform } from '../../src/platform/load';
import { silentProgress } from '../../src/console/progress';
import { localRuntime } from '../../src/local/runtime';

interface Sharing {
  readonly connection: KafkaConnection;
  readonly group: string;
  readonly topic: string;
}

/** A member of a share group (KIP-932), which kafkajs does not support: a process of Kafka's console consumer. */
export class ShareConsumer {
  private printed = '';

  private constructor(private readonly child: ReturnType<typeof spawn>) {
    child.stdout?.on('data', (chunk: Buffer) => (this.printed += chunk.toString()));
  }

  static async start(config: Platform, { connection, group, topic }: Sharing): Promise<ShareConsumer> {
    const { java, classPath } = await localRuntime(config, silentProgress);
    const options = ['--bootstrap-server', connection.bootstrapServers.join(','), '--group', group, '--topic', topic];
    const tool = 'org.apache.kafka.tools.consumer.ConsoleShareConsumer';
    return new ShareConsumer(
      spawn(java, ['-Xmx128m', '-XX:TieredStopAtLevel=1', '-cp', classPath, tool, ...options], { stdio: 'pipe' }),
    );
  }

  /** Values of received and acknowledged records, as lines. */
  get received(): readonly string[] {
    return this.printed.split('\n').filter((line) => line !== '');
  }

  /** Leaves the group. */
  async close(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}
