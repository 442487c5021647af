import type { Server } from 'node:http';
import type { Platform } from '../config/load';
import { LOOPBACK } from '../render/local-layout';
import { localTargets } from '../render/local-targets';
import { samplesOf, type Sample } from '../render/samples';
import type { ScrapeTargets } from '../render/scrape-targets';
import { StatusServer } from '../status/server';
import { KeptServices } from './kept-services';
import { serveLag } from './lag-exporter-service';
import type { LocalPlatform } from './local-platform';
import { LocalSamples } from './local-samples';
import { prometheusService } from './prometheus-service';
import { registryService } from './registry-service';
import type { ServicePlace } from './service-place';
import type { ServicePrograms } from './service-programs';
import { StateDirectory, type ServiceName } from './state';

interface LocalServicesProps {
  readonly config: Platform;
  readonly platform: LocalPlatform;
  readonly programs: ServicePrograms;
  /** Told in one line of a service that is started again. */
  readonly say: (line: string) => void;
}

/** What stands around the brokers of a local platform. None of it ends the platform; each is kept running. */
export class LocalServices {
  private readonly kept: KeptServices;
  private readonly place: ServicePlace;
  private readonly directory: StateDirectory;
  private lagExporter: Server | undefined;
  private statusPage: StatusServer | undefined;
  private stopping: Promise<void> | undefined;
  private ownSamples: LocalSamples | undefined;

  private constructor(private readonly props: LocalServicesProps) {
    const { config, platform, say } = props;
    const { bootstrap, layout, servicePorts: ports, watchdog } = platform;
    this.directory = new StateDirectory(config);
    this.kept = new KeptServices({ directory: this.directory, watchdog, say });
    this.place = { config, layout, bootstrap, ports, directory: this.directory.service };
  }

  /** Starts everything but the samples, and does not wait until it is ready. */
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
    return this.kept.state(name)?.url;
  }

  /** Process id of a service that has a process of its own, while that runs. */
  pid(name: ServiceName): number | undefined {
    return this.kept.pid(name);
  }

  /** The sample applications, which are started apart; nothing when there are none. */
  get samples(): LocalSamples | undefined {
    return this.ownSamples;
  }

  /** What Prometheus scrapes of what was started. */
  get targets(): readonly ScrapeTargets[] {
    return this.targetsWith(this.ownSamples?.running ?? []);
  }

  /** Stops everything; a second call waits for the first. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  private async startAll(): Promise<void> {
    const { config, programs } = this.props;
    const { bootstrap, ports } = this.place;
    if (programs.registry !== undefined) this.kept.keep('registry', registryService(this.place, programs.registry));
    const samples = this.samplesThatCanRun();
    if (programs.prometheus !== undefined) {
      // It looks for samples before they are started.
      const service = prometheusService(this.place, programs.prometheus, this.targetsWith(samples));
      this.kept.keep('prometheus', service);
    }
    const logFile = this.directory.serviceLog('lag-exporter');
    this.lagExporter = await serveLag({ bootstrap, port: ports.lagExporter, logFile });
    this.kept.serving('lag-exporter', `http://${LOOPBACK}:${ports.lagExporter}/metrics`);
    const [registry, prometheus] = [this.url('registry'), this.url('prometheus')];
    const statusPage = new StatusServer({ config, bootstrap, registry, prometheus });
    this.kept.serving('status', await statusPage.start(ports.status));
    this.statusPage = statusPage;
    this.kept.start();
    if (registry === undefined || samples.length === 0) return;
    this.ownSamples = new LocalSamples({ place: this.place, kept: this.kept, samples, registry });
  }

  private samplesThatCanRun(): readonly Sample[] {
    const { config, programs, say } = this.props;
    const samples = samplesOf(config);
    if (samples.length === 0 || programs.registry !== undefined) return samples;
    say('Sample applications left out: they need the schema registry.');
    return [];
  }

  private targetsWith(samples: readonly Sample[]): readonly ScrapeTargets[] {
    const { layout, ports, config } = this.place;
    const registry = this.props.programs.registry !== undefined;
    return localTargets(config, { layout, ports, registry, samples: samples.map(({ name }) => name) });
  }

  private async stopAll(): Promise<void> {
    this.lagExporter?.close();
    this.lagExporter?.closeAllConnections();
    await Promise.all([this.statusPage?.stop(), this.kept.stop()]);
  }
}
