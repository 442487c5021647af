import { APPLICATION } from '../application/names';
import type { Component, Connection } from '../component';
import { OWN_APPLICATION, selectorLabels, type Identity } from '../../kubernetes/labels';
import type { SmokeTestConfig } from './config';
import { smokeTests } from '../users/roles';
import { SMOKE_TEST } from './names';

export const SMOKE_TEST_IDENTITY: Identity = { application: OWN_APPLICATION, component: SMOKE_TEST };

/** Name of the CronJob from which Jobs are created. */
export const smokeCronJob = ({ name }: Pick<SmokeTestConfig, 'name'>): string => `${name}-smoke`;

/**
 * The model of the smoke test. The smoke test is also a client: its pods have the client label in addition to these
 * labels.
 * @param others all other components
 */
export const smokeTest = (config: SmokeTestConfig, others: readonly Component[]): Component => ({
  name: SMOKE_TEST,
  podLabels: selectorLabels(config, SMOKE_TEST_IDENTITY),
  ports: {},
  connectsTo: proven(others),
  roles: [smokeTests()],
  endpoints: {},
  isAwaited: false,
  alerts: () => [],
});

/** Connections to the endpoints that the smoke test checks, except to ports that are open to every client. */
function proven(components: readonly Component[]): readonly Connection[] {
  const open = components.filter(({ name }) => name === APPLICATION).flatMap(({ connectsTo }) => connectsTo);
  return components
    .flatMap(({ name, provenAt }) => (provenAt === undefined ? [] : [{ to: name, port: provenAt }]))
    .filter(({ to, port }) => !open.some((one) => one.to === to && one.port === port));
}
