import { nameProblems } from '../../../../src/components/topics/name-problems';

it.each(['_schemas', 'a'.repeat(249), 'A.b_c-9', '...'])('Kafka creates a topic with the name %s', (name) => {
  expect(nameProblems(name, ['orders', name])).toEqual([]);
});
