import { topics } from '../../examples/catalogue/topics';
import { environments } from '../../platform/environments';
import type { ApplicationInput } from '../../src/components/application/props';
import { smokeTopic } from '../../src/smoke/topic';

/** Of the applications below; it has no program. */
export const APPLICATIONS_IMAGE = 'catalogue-applications:1.0.0';

/** One that writes on its own, and one that reads with a group and has dead letter records. */
const applications = {
  'order-service': {
    image: APPLICATIONS_IMAGE,
    localCommand: ['node', 'order-service.js'],
    environment: { EVENTS_PER_SECOND: '1' },
    writes: ['orders'],
    registry: true,
  },
  email: {
    image: APPLICATIONS_IMAGE,
    localCommand: ['node', 'email.js'],
    group: 'email',
    reads: ['orders'],
    writes: ['orders.email.dlq'],
    registry: true,
  },
} satisfies Readonly<Record<string, ApplicationInput>>;

/** The topics of the examples' catalogue, and that of the smoke test. */
export const catalogueTopics = [...topics, smokeTopic];

const catalogue = { applications, topics: catalogueTopics };

/**
 * Environments of this project with the topics above and two applications in place of those that it deploys: tests and
 * tools do not depend on what a project adds or removes.
 */
export const withCatalogue = {
  local: { ...environments.local, ...catalogue },
  kind: { ...environments.kind, ...catalogue },
};
