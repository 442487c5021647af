import { mkdirSync } from 'node:fs';
import { LocalService, type ServiceChange } from '../processes/local-service';
import { identify } from '../processes/processes';
import type { ServiceParts } from '../processes/service-parts';
import type { ServiceName } from '../platform/local-service-ports';
import type { ServiceState, StateDirectory } from './state';
import type { Watchdog } from '../processes/watchdog';

interface KeptProps {
  readonly directory: StateDirectory;
  readonly watchdog: Watchdog;
  /** Called with one line when a service is restarted. */
  readonly say: (line: string) => void;
}

/** The local processes other than brokers, by name. Keeps each running and writes its state to the state directory. */
export class KeptServices {
  private readonly services = new Map<ServiceName, LocalService>();
  private readonly states = new Map<ServiceName, ServiceState>();
  private readonly ended = new Map<ServiceName, number>();
  private stopping = false;

  constructor(private readonly props: KeptProps) {}

  /** Adds a service without starting it. */
  keep(name: ServiceName, { url, process: parts }: ServiceParts): void {
    const { directory, say } = this.props;
    mkdirSync(directory.service(name), { recursive: true });
    const service = new LocalService({
      ...parts,
      logFile: this.logFile(name),
      say,
      onChange: (change) => this.changed(name, change),
    });
    this.services.set(name, service);
    this.states.set(name, { url, ready: false });
  }

  /** Adds a service that this process serves itself. */
  serving(name: ServiceName, url: string): void {
    this.states.set(name, { url, ready: true, process: identify(process.pid) });
  }

  /** Writes all added services to the state at once, then starts those that are not yet started. */
  start(): void {
    this.record();
    for (const service of this.services.values()) service.start();
  }

  /** Undefined for a service that was not added. */
  state(name: ServiceName): ServiceState | undefined {
    return this.states.get(name);
  }

  /** Addresses of the added services, by name. */
  get urls(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.states].map(([name, { url }]) => [name, url]));
  }

  pid(name: ServiceName): number | undefined {
    return this.services.get(name)?.pid;
  }

  /** Log file of a service's process. */
  logFile(name: ServiceName): string {
    return this.props.directory.serviceLog(name);
  }

  /** Number of times that a service's process has ended. */
  ends(name: ServiceName): number {
    return this.ended.get(name) ?? 0;
  }

  /** Records what has to be applied before services without a process can start. @param what undefined once applied */
  waitFor(names: readonly ServiceName[], what: string | undefined): void {
    for (const name of names) {
      const state = this.states.get(name);
      if (state === undefined || state.process !== undefined) continue;
      this.states.set(name, { url: state.url, ready: false, ...(what === undefined ? {} : { waitsFor: what }) });
    }
    this.record();
  }

  async stop(): Promise<void> {
    // LocalPlatform writes the final state when it stops.
    this.stopping = true;
    await Promise.all([...this.services.values()].map((service) => service.stop()));
  }

  private changed(name: ServiceName, { kind, pid }: ServiceChange): void {
    const { watchdog } = this.props;
    if (kind === 'started') watchdog.watch(pid);
    if (kind === 'ended') {
      watchdog.forget(pid);
      this.ended.set(name, this.ends(name) + 1);
    }
    const { url = '' } = this.states.get(name) ?? {};
    this.states.set(name, {
      url,
      ready: kind === 'ready',
      ...(kind === 'ended' ? {} : { process: identify(pid) }),
    });
    this.record();
  }

  private record(): void {
    if (!this.stopping) this.props.directory.update({ services: Object.fromEntries(this.states) });
  }
}
