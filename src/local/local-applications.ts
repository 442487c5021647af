import { setTimeout as delay } from 'node:timers/promises';
import type { Subject } from '../avro/subject';
import type { Application } from '../components/application/applications';
import type { KeptServices } from './kept-services';
import { isDown } from '../processes/local-process';
import { ApplicationNeeds } from './application-needs';
import { applicationProcess } from './application-process';
import type { ServicePlace } from './service-place';

/** Several times the start time of all applications on a busy machine. */
const READY_MS = 120_000;
const POLL_MS = 250;

/** An application may end once because the group coordinator does not exist yet. */
const ENDS_FORGIVEN = 1;

interface LocalApplicationsProps {
  readonly place: ServicePlace;
  readonly kept: KeptServices;
  readonly applications: readonly Application[];
  /** Address of the registry, base path included; undefined without one. */
  readonly registry: string | undefined;
  /** Subjects of the schemas to register. */
  readonly subjects: readonly Subject[];
}

/** The applications of a local platform. */
export class LocalApplications {
  constructor(private readonly props: LocalApplicationsProps) {}

  /** Lets the applications start once all their topics and schemas are applied. Does not wait. */
  start(): void {
    const { place, kept, applications, registry, subjects } = this.props;
    const names = applications.map(({ name }) => name);
    const { areMet } = new ApplicationNeeds({
      applications,
      subjects: subjects.map(({ subject }) => subject),
      connection: place.connection,
      registry,
      onMissing: (missing) => kept.waitFor(names, missing.length === 0 ? undefined : missing.join(' and ')),
    });
    for (const application of applications)
      kept.keep(application.name, applicationProcess(place, { application, registry, canRun: areMet }));
    kept.start();
  }

  /** Applications that {@link start} has added. */
  get running(): readonly Application[] {
    return this.props.applications.filter(({ name }) => this.props.kept.state(name) !== undefined);
  }

  /** Waits until all applications are ready. @throws {UserError} for the first that fails, with the reason from its log */
  async untilReady(note: (detail: string) => void): Promise<void> {
    const { kept, applications } = this.props;
    const deadline = Date.now() + READY_MS;
    for (;;) {
      const late = applications.filter(({ name }) => kept.state(name)?.ready !== true);
      note(`${applications.length - late.length} of ${applications.length} ready`);
      if (late.length === 0) return;
      const failed = late.find(({ name }) => Date.now() > deadline || kept.ends(name) > ENDS_FORGIVEN);
      if (failed !== undefined) {
        const { name } = failed;
        const how = Date.now() > deadline ? `not ready within ${READY_MS / 1_000} s` : `ended ${kept.ends(name)} times`;
        throw isDown({ name: `The application ${name}`, how, logFile: kept.logFile(name) });
      }
      await delay(POLL_MS);
    }
  }
}
