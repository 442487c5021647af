import { TOPIC_SOURCES } from '../../../../src/components/topics/topic';
import { problemsOf, withValues } from '../../../../tools/support/config';

const inheriting = { name: 'orders', partitions: 6, keyed: true, expectedIngress: 1_000 };

it.each(TOPIC_SOURCES.filter((path) => path !== 'topics'))('no rule computes with %s if it is not a number', (path) => {
  const input = withValues({ topics: [inheriting], [path.replace('.', '/')]: 7n });
  expect(problemsOf(input).map((problem) => problem.path)).toEqual([path]);
});
