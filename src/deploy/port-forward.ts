import { once } from 'node:events';
import type { Kubectl } from './kubectl';
import { KubectlError } from './kubectl';

/** A forwarded port of a Service. */
export interface Forward {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** Settles when kubectl ends, for example because the pod was deleted. */
  readonly ended: Promise<void>;
  close(): void;
}

interface ForwardProps {
  readonly service: string;
  readonly port: number;
  /** Local port. @default a free port */
  readonly localPort?: number | undefined;
}

/** Forwards a port of a Service to the loopback interface of this machine. @throws {KubectlError} if it fails */
export async function forward(kubectl: Kubectl, { service, port, localPort }: ForwardProps): Promise<Forward> {
  const child = kubectl.spawn(['port-forward', `service/${service}`, `${localPort ?? ''}:${port}`]);
  let said = '';
  const ended = once(child, 'close').then(() => undefined);
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const address = new Promise<string>((done) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /Forwarding from (127\.0\.0\.1:\d+)/.exec(chunk.toString())?.[1];
      if (found !== undefined) done(found);
    });
  });
  const failure = ended.then(() => {
    throw new KubectlError(`port-forward service/${service}`, said.trim());
  });
  const found = await Promise.race([address, failure]);
  failure.catch(() => undefined);
  return { url: `http://${found}`, ended, close: () => void child.kill('SIGTERM') };
}

/** Forwards a port while the given work runs. */
export async function forwarded<T>(
  kubectl: Kubectl,
  props: ForwardProps,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const way = await forward(kubectl, props);
  try {
    return await work(way.url);
  } finally {
    way.close();
  }
}
