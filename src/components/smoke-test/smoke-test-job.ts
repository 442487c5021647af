import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { SmokeTestConfig } from './config';
import { SMOKE_TEST_IDENTITY, smokeCronJob } from './model';
import { clientPod } from '../../kubernetes/client-pod';
import { platformMount, subjectsMount, type FileMount } from '../../kubernetes/file-mount';
import { objectMetadata } from '../../kubernetes/object-metadata';

/** A CronJob requires a schedule even if it is suspended. */
const UNUSED_SCHEDULE = '0 0 1 1 *';

/** Props of the smoke test's CronJob. */
export interface SmokeTestProps extends SmokeTestConfig {
  /** Names of the ConfigMaps with the configuration, as provided by `PlatformConfig`. */
  readonly configMaps: readonly string[];
  /**
   * Names of the ConfigMaps with the subjects, as provided by `SchemaProvisioning`. @default schemas are not checked
   */
  readonly subjectsMaps?: readonly string[];
}

/**
 * The smoke test as a CronJob. A Job is created from it on demand: `kubectl create job --from=cronjob/...`. The CronJob
 * is suspended unless it has a schedule.
 */
export class SmokeTest extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: SmokeTestProps,
  ) {
    super(scope, id);
    this.addCronJob();
  }

  private addCronJob(): void {
    const { schedule } = this.props.smoke;
    const metadata = objectMetadata(this.props, SMOKE_TEST_IDENTITY, smokeCronJob(this.props));
    new k8s.KubeCronJob(this, 'cron-job', {
      metadata,
      spec: {
        schedule: schedule ?? UNUSED_SCHEDULE,
        suspend: schedule === undefined,
        concurrencyPolicy: 'Forbid',
        jobTemplate: {
          metadata: { labels: metadata.labels },
          spec: {
            // A failure is a result; a retry would hide it.
            backoffLimit: 0,
            template: clientPod(this.props, { ...SMOKE_TEST_IDENTITY, program: 'smoke', files: this.files() }),
          },
        },
      },
    });
  }

  private files(): readonly FileMount[] {
    const { configMaps, subjectsMaps } = this.props;
    return [platformMount(configMaps), ...(subjectsMaps === undefined ? [] : [subjectsMount(subjectsMaps)])];
  }
}
