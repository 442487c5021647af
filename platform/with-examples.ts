import type { DeclaredChain } from '../src/platform/declared-chain';
import type { AddOn } from '../src/platform/add-on';
import { applications } from './applications';
import * as included from './examples';
import { schemas } from './schemas';
import { catalogue, retryChains } from './topics';

const examples = Object.values<AddOn>(included);

/**
 * The topics and schemas of the platform and of the examples, and the examples' applications, for environments that
 * include them.
 */
export const withExamples = {
  applications: {
    ...Object.fromEntries(examples.flatMap((example) => Object.entries(example.applications))),
    ...applications,
  },
  topics: [...examples.flatMap(({ topics }) => topics), ...catalogue],
  schemas: [...examples.map((example) => example.schemas), schemas],
};

/** All retry chains. */
export const allRetryChains = [
  ...examples.flatMap((example) => example.retryChains),
  ...Object.values<DeclaredChain>(retryChains),
];

/** Images of the examples' applications. */
export const exampleImages = examples.map(({ image }) => image);

/** Files that define topics, for messages. */
export const topicFiles = [
  ...examples.map(({ topicsFile: file, topics }) => ({ file, topics })),
  { file: 'platform/topics.ts', topics: catalogue },
];
