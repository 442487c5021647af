import { mkdirSync } from 'node:fs';
import { LocalService, type ServiceChange } from '../processes/local-service';
import { identify } from '../processes/processes';
import type { ServiceParts } from '../processes/service-parts';
import type { ServiceName } from '../platform/local-service-ports';
import type { ServiceState, StateDirectory } from './state';
import type { Watchdog } from './watchdog';

interface KeptProps {
  readonly directory: StateDirectory;
  readonly watchdog: Watchdog;
  /** Told in one line of a service that is started again. */
  readonly say: (line: string) => void;
}

/** The local processes beside the brokers, by name. Each is kept running, and its state is written to the state directory. */
export class KeptServices {
  private readonly services = new Map<ServiceName, LocalService>();
  private readonly states = new Map<ServiceName, ServiceState>();
  private readonly ended = new Map<ServiceName, number>();
  private stopping = false;

  constructor(private readonly props: KeptProps) {}

  /** Takes one on, without starting it. */
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

  /** Takes one on that answers from this process. */
  serving(name: ServiceName, url: string): void {
    this.states.set(name, { url, ready: true, process: identify(process.pid) });
  }

  /** Starts those that were taken on and have not started. A reader of the state learns of all at once. */
  start(): void {
    this.record();
    for (const service of this.services.values()) service.start();
  }

  /** Nothing for one that was not taken on. */
  state(name: ServiceName): ServiceState | undefined {
    return this.states.get(name);
  }

  /** Where each is reached that was taken on. */
  get urls(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.states].map(([name, { url }]) => [name, url]));
  }

  pid(name: ServiceName): number | undefined {
    return this.services.get(name)?.pid;
  }

  /** What its process prints. */
  logFile(name: ServiceName): string {
    return this.props.directory.serviceLog(name);
  }

  /** How often its process has ended. */
  ends(name: ServiceName): number {
    return this.ended.get(name) ?? 0;
  }

  /** Says of some that do not run yet what has to be applied before. @param what nothing when that is done */
  waitFor(names: readonly ServiceName[], what: string | undefined): void {
    for (const name of names) {
      const state = this.states.get(name);
      if (state === undefined || state.process !== undefined) continue;
      this.states.set(name, { url: state.url, ready: false, ...(what === undefined ? {} : { waitsFor: what }) });
    }
    this.record();
  }

  async stop(): Promise<void> {
    // The platform that stops has the last word on the state.
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
