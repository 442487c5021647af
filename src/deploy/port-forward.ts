import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Kubectl } from './kubectl';
import { KubectlError } from './kubectl';
import { startWatchdog } from '../processes/watchdog';

/** A forwarded port of a Service or a pod. */
export interface Forward {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** Settles when kubectl ends, for example because the pod was deleted. */
  readonly ended: Promise<void>;
  close(): void;
  /** Lets this process end although the port is still forwarded. */
  unref(): void;
}

type Forwarded = { readonly service: string } | { readonly pod: string };

type ForwardProps = Forwarded & {
  readonly port: number;
  /** Local port. @default a free port */
  readonly localPort?: number | undefined;
};

const nameOf = (one: Forwarded): string => ('pod' in one ? `pod/${one.pod}` : `service/${one.service}`);

/** Forwards a port to the loopback interface of this machine. @throws {KubectlError} if it fails */
export async function forward(kubectl: Kubectl, { port, localPort, ...forwarded }: ForwardProps): Promise<Forward> {
  const child = kubectl.spawn(['port-forward', nameOf(forwarded), `${localPort ?? ''}:${port}`]);
  let said = '';
  // This process may be killed, and kubectl would go on.
  const watchdog = startWatchdog();
  const { pid } = child;
  if (pid !== undefined) watchdog.watch(pid);
  const ended = once(child, 'close').then(() => {
    if (pid !== undefined) watchdog.forget(pid);
    watchdog.close();
  });
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const address = new Promise<string>((done) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /Forwarding from (127\.0\.0\.1:\d+)/.exec(chunk.toString())?.[1];
      if (found !== undefined) done(found);
    });
  });
  const failure = ended.then(() => {
    throw new KubectlError(`port-forward ${nameOf(forwarded)}`, said.trim());
  });
  const found = await Promise.race([address, failure]);
  failure.catch(() => undefined);
  return {
    url: `http://${found}`,
    ended,
    close: () => void child.kill('SIGTERM'),
    unref: () => {
      child.unref();
      for (const pipe of [child.stdin, child.stdout, child.stderr]) (pipe as Socket).unref();
    },
  };
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
