import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { workloadNames } from '../render/names';
import { clientPod } from './client-pod';
import type { FileMount } from './file-mount';
import { objectLabels } from '../render/labels';

/** A CronJob needs a line even when it never runs on its own. */
const UNUSED_SCHEDULE = '0 0 1 1 *';

/**
 * The smoke test, as a CronJob from which a Job is made on demand: `kubectl create job --from=cronjob/...`. It runs on
 * its own only when it is given a schedule.
 */
export class SmokeTest extends Construct {
  constructor(scope: Construct, config: Platform, files: readonly FileMount[]) {
    super(scope, 'smoke-test');
    const labels = objectLabels(config, 'smoke-test');
    new k8s.KubeCronJob(this, 'cron-job', {
      metadata: { name: workloadNames(config).smokeCronJob, namespace: config.namespace, labels },
      spec: {
        schedule: config.smoke.schedule ?? UNUSED_SCHEDULE,
        suspend: config.smoke.schedule === undefined,
        concurrencyPolicy: 'Forbid',
        jobTemplate: {
          metadata: { labels },
          spec: {
            // A promise that was broken once was broken.
            backoffLimit: 0,
            template: clientPod(config, { component: 'smoke-test', program: 'smoke', files }),
          },
        },
      },
    });
  }
}
