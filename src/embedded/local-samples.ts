import { setTimeout as delay } from 'node:timers/promises';
import type { Sample } from '../render/samples';
import type { KeptServices } from './kept-services';
import { isDown } from './local-process';
import { SampleNeeds } from './sample-needs';
import { sampleService } from './sample-service';
import type { ServicePlace } from './service-place';

/** Several times what a busy machine needs to start all of them at once. */
const READY_MS = 120_000;
const POLL_MS = 250;

/** A coordinator may not be there yet for the first time. */
const ENDS_FORGIVEN = 1;

interface LocalSamplesProps {
  readonly place: ServicePlace;
  readonly kept: KeptServices;
  readonly samples: readonly Sample[];
  /** Address of the registry, base path included. */
  readonly registry: string;
}

/** The sample applications of a local platform. */
export class LocalSamples {
  constructor(private readonly props: LocalSamplesProps) {}

  /** Starts each as soon as the topics and schemas are applied that they need, and does not wait for that. */
  start(): void {
    const { place, kept, samples, registry } = this.props;
    const names = samples.map(({ name }) => name);
    const { areMet } = new SampleNeeds({
      samples,
      bootstrap: place.bootstrap,
      registry,
      onMissing: (missing) => kept.waitFor(names, missing.length === 0 ? undefined : missing.join(' and ')),
    });
    for (const sample of samples) kept.keep(sample.name, sampleService(place, { sample, registry, canRun: areMet }));
    kept.start();
  }

  /** Those that were started. */
  get running(): readonly Sample[] {
    return this.props.samples.filter(({ name }) => this.props.kept.state(name) !== undefined);
  }

  /** Waits until all are ready. @throws {UserError} for the first that will not be, with the last lines of its log */
  async untilReady(note: (detail: string) => void): Promise<void> {
    const { kept, samples } = this.props;
    const deadline = Date.now() + READY_MS;
    for (;;) {
      const late = samples.filter(({ name }) => kept.state(name)?.ready !== true);
      note(`${samples.length - late.length} of ${samples.length} ready`);
      if (late.length === 0) return;
      const failed = late.find(({ name }) => Date.now() > deadline || kept.ends(name) > ENDS_FORGIVEN);
      if (failed !== undefined) {
        const { name } = failed;
        const how = Date.now() > deadline ? `not ready within ${READY_MS / 1_000} s` : `ended ${kept.ends(name)} times`;
        throw isDown({ name: `The sample ${name}`, how, logFile: kept.logFile(name) });
      }
      await delay(POLL_MS);
    }
  }
}
