import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Platform } from '../config/load';
import { LOOPBACK } from '../render/local-layout';
import { localTargets } from '../render/local-targets';
import type { ScrapeTargets } from '../render/scrape-targets';
import { StatusServer } from '../status/server';
import { serveLag } from './lag-exporter-service';
import type { LocalPlatform } from './local-platform';
import { LocalService, type ServiceChange } from './local-service';
import { identify } from './processes';
import { prometheusService } from './prometheus-service';
import { registryService } from './registry-service';
import type { ServiceParts, ServicePlace } from './service-place';
import type { ServicePrograms } from './service-programs';
import { StateDirectory, type ServiceName, type ServiceState } from './state';

interface LocalServicesProps {
  readonly config: Platform;
  readonly platform: LocalPlatform;
  readonly programs: ServicePrograms;
  /** Told in one line of a service that is started again. */
  readonly say: (line: string) => void;
}

/** What stands around the brokers of a local platform. None of it ends the platform; each is kept running. */
export class LocalServices {
  private readonly kept = new Map<ServiceName, LocalService>();
  private readonly states = new Map<ServiceName, ServiceState>();
  private readonly directory: StateDirectory;
  private lagExporter: Server | undefined;
  private statusPage: StatusServer | undefined;
  private stopping: Promise<void> | undefined;

  private constructor(private readonly props: LocalServicesProps) {
    this.directory = new StateDirectory(props.config);
  }

  /** Starts everything and does not wait until it is ready. */
  static async start(props: LocalServicesProps): Promise<LocalServices> {
    const services = new LocalServices(props);
    try {
      await services.startAll();
    } catch (error) {
      await services.stop();
      throw error;
    }
    return services;
  }

  /** Address of a service; nothing when it is left out. */
  url(name: ServiceName): string | undefined {
    return this.states.get(name)?.url;
  }

  /** Process id of a service that has a process of its own, while that runs. */
  pid(name: ServiceName): number | undefined {
    return this.kept.get(name)?.pid;
  }

  /** What Prometheus scrapes. */
  get targets(): readonly ScrapeTargets[] {
    const { config, platform, programs } = this.props;
    const registry = programs.registry !== undefined;
    return localTargets(config, { layout: platform.layout, ports: platform.servicePorts, registry });
  }

  /** Stops everything; a second call waits for the first. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  private async startAll(): Promise<void> {
    const { config, platform, programs } = this.props;
    const { bootstrap, layout, servicePorts: ports } = platform;
    const place: ServicePlace = { config, layout, bootstrap, ports, directory: this.directory.service };
    if (programs.registry !== undefined) this.keep('registry', registryService(place, programs.registry));
    if (programs.prometheus !== undefined) {
      this.keep('prometheus', prometheusService(place, programs.prometheus, this.targets));
    }
    const logFile = this.directory.serviceLog('lag-exporter');
    this.lagExporter = await serveLag({ bootstrap, port: ports.lagExporter, logFile });
    this.serving('lag-exporter', `http://${LOOPBACK}:${ports.lagExporter}/metrics`);
    const [registry, prometheus] = [this.url('registry'), this.url('prometheus')];
    const statusPage = new StatusServer({ config, bootstrap, registry, prometheus });
    this.serving('status', await statusPage.start(ports.status));
    this.statusPage = statusPage;
    // Whoever reads the state learns of all at once.
    this.record();
    for (const service of this.kept.values()) service.start();
  }

  private async stopAll(): Promise<void> {
    this.lagExporter?.close();
    this.lagExporter?.closeAllConnections();
    await Promise.all([this.statusPage?.stop(), ...[...this.kept.values()].map((service) => service.stop())]);
  }

  private keep(name: ServiceName, { url, process: parts }: ServiceParts): void {
    mkdirSync(this.directory.service(name), { recursive: true });
    const service = new LocalService({
      ...parts,
      logFile: this.directory.serviceLog(name),
      say: this.props.say,
      onChange: (change) => this.changed(name, change),
    });
    this.kept.set(name, service);
    this.states.set(name, { url, ready: false });
  }

  /** One that answers from this process. */
  private serving(name: ServiceName, url: string): void {
    this.states.set(name, { url, ready: true, process: identify(process.pid) });
  }

  private changed(name: ServiceName, { kind, pid }: ServiceChange): void {
    const { watchdog } = this.props.platform;
    if (kind === 'started') watchdog.watch(pid);
    if (kind === 'ended') watchdog.forget(pid);
    const { url = '' } = this.states.get(name) ?? {};
    this.states.set(name, {
      url,
      ready: kind === 'ready',
      ...(kind === 'ended' ? {} : { process: identify(pid) }),
    });
    this.record();
  }

  private record(): void {
    // The platform that stops has the last word on the state.
    if (this.stopping !== undefined) return;
    this.directory.update({ services: Object.fromEntries(this.states) });
  }
}
