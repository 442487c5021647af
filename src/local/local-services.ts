import type { Server } from 'node:http';
import { CLIENT_IDS } from '../protocol/client-ids';
import type { Platform } from '../platform/load';
import { LAG_EXPORTER } from '../components/lag-exporter/names';
import { PROMETHEUS } from '../components/prometheus/names';
import { SCHEMA_REGISTRY } from '../components/schema-registry/names';
import { STATUS_PAGE, type ServiceName } from '../platform/local-service-ports';
import { LOOPBACK } from '../components/kafka-cluster/local-layout';
import { isBroker } from '../components/kafka-cluster/nodes';
import { localTargets } from './local-targets';
import type { Subject } from '../avro/subject';
import { applicationsOf, type Application } from '../components/application/applications';
import type { Scrape } from '../components/component';
import { StatusServer } from '../status/server';
import { KeptServices } from './kept-services';
import { serveLag } from '../components/lag-exporter/local';
import type { LocalPlatform } from './local-platform';
import { LocalApplications } from './local-applications';
import { localPrometheus } from '../components/prometheus/local';
import { localRegistry } from '../components/schema-registry/local';
import type { ServicePlace } from './service-place';
import type { ServicePrograms } from './service-programs';
import type { RegistryProgram } from '../components/schema-registry/distribution';
import { componentsOf } from '../platform/components';
import type { ServiceParts } from '../processes/service-parts';
import { userConnection } from './security/connections';
import { StateDirectory } from './state';

interface LocalServicesProps {
  readonly config: Platform;
  readonly platform: LocalPlatform;
  readonly programs: ServicePrograms;
  /** Subjects of the schemas to register. */
  readonly subjects: readonly Subject[];
  /** Called with one line when a service is restarted. */
  readonly say: (line: string) => void;
}

/** The local processes other than brokers. Each is restarted when it ends; none of them ends the platform. */
export class LocalServices {
  private readonly kept: KeptServices;
  private readonly place: ServicePlace;
  private readonly directory: StateDirectory;
  private lagExporter: Server | undefined;
  private statusPage: StatusServer | undefined;
  private stopping: Promise<void> | undefined;
  private ownApplications: LocalApplications | undefined;

  private constructor(private readonly props: LocalServicesProps) {
    const { config, platform, say } = props;
    const { connection, layout, servicePorts: ports, watchdog } = platform;
    this.directory = new StateDirectory(config);
    this.kept = new KeptServices({ directory: this.directory, watchdog, say });
    const { directory } = this;
    const connectionOf = (user: string) => userConnection({ config, layout, directory }, user);
    this.place = { config, layout, connection, connectionOf, ports, directory: directory.service };
  }

  /** Starts everything except the applications. Does not wait until it is ready. */
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

  /** Address of a service; undefined if it is left out. */
  url(name: ServiceName): string | undefined {
    return this.kept.state(name)?.url;
  }

  /** Addresses of all services that are not left out, by name. */
  get urls(): Readonly<Record<string, string>> {
    return this.kept.urls;
  }

  /** Process id of a service; undefined while it has no process of its own. */
  pid(name: ServiceName): number | undefined {
    return this.kept.pid(name);
  }

  /** The applications, which are started separately; undefined if there are none. */
  get applications(): LocalApplications | undefined {
    return this.ownApplications;
  }

  /** Scrape targets of the started processes. */
  get targets(): readonly Scrape[] {
    return this.targetsWith(this.ownApplications?.running ?? []);
  }

  /** Stops everything; a second call waits for the first. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  private async startAll(): Promise<void> {
    const { config, programs, subjects } = this.props;
    const { connection, layout, ports } = this.place;
    if (programs.registry !== undefined) this.kept.keep(SCHEMA_REGISTRY, this.registry(programs.registry));
    const applications = this.applicationsThatCanRun();
    if (programs.prometheus !== undefined) {
      // Includes applications, which are started later.
      const service = localPrometheus({
        config,
        components: componentsOf(config),
        targets: this.targetsWith(applications),
        port: ports.prometheus,
        directory: this.place.directory(PROMETHEUS),
        program: programs.prometheus,
      });
      this.kept.keep(PROMETHEUS, service);
    }
    const logFile = this.directory.serviceLog(LAG_EXPORTER);
    const { ignoreGroups } = config.monitoring.lagExporter;
    this.lagExporter = await serveLag({
      connection: { ...this.place.connectionOf(LAG_EXPORTER), clientId: CLIENT_IDS.lagExporter },
      port: ports.lagExporter,
      ignoreGroups,
      logFile,
    });
    this.kept.serving(LAG_EXPORTER, `http://${LOOPBACK}:${ports.lagExporter}/metrics`);
    const [registry, prometheus] = [this.url(SCHEMA_REGISTRY), this.url(PROMETHEUS)];
    const statusPage = new StatusServer({
      config,
      connection: { ...connection, clientId: CLIENT_IDS.statusPage },
      nodes: layout.nodes.filter(isBroker),
      registry,
      prometheus,
    });
    this.kept.serving(STATUS_PAGE, await statusPage.start(ports.status));
    this.statusPage = statusPage;
    this.kept.start();
    if (applications.length === 0) return;
    const { place, kept } = this;
    this.ownApplications = new LocalApplications({ place, kept, applications, registry, subjects });
  }

  private registry(program: RegistryProgram): ServiceParts {
    const { config, layout, connection: admin, ports, directory } = this.place;
    return localRegistry({
      config,
      layout,
      admin,
      connection: this.place.connectionOf(SCHEMA_REGISTRY),
      ports: { api: ports.registry, management: ports.registryManagement },
      directory: directory(SCHEMA_REGISTRY),
      program,
    });
  }

  private applicationsThatCanRun(): readonly Application[] {
    const { config, programs, say } = this.props;
    const applications = applicationsOf(config).filter(({ localCommand }) => localCommand !== undefined);
    const lacking = programs.registry === undefined ? applications.filter(({ registry }) => registry) : [];
    if (lacking.length > 0)
      say(`Left out, as they need the schema registry: ${lacking.map(({ name }) => name).join(', ')}.`);
    return applications.filter((application) => !lacking.includes(application));
  }

  private targetsWith(applications: readonly Application[]): readonly Scrape[] {
    const { layout, ports, config } = this.place;
    const registry = this.props.programs.registry !== undefined;
    const names = applications.filter(({ metrics }) => metrics).map(({ name }) => name);
    return localTargets(config, { layout, ports, registry, applications: names });
  }

  private async stopAll(): Promise<void> {
    this.lagExporter?.close();
    this.lagExporter?.closeAllConnections();
    await Promise.all([this.statusPage?.stop(), this.kept.stop()]);
  }
}
