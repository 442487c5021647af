const MAX_LENGTH = 249;

/**
 * A topic name as it appears in metric names. Kafka rejects a topic whose name in metrics equals that of another topic.
 */
const metricName = (topic: string): string => topic.replaceAll('.', '_');

/**
 * The reasons why Kafka would reject a topic of this name.
 * @param others names of all other topics, in the cluster and in the catalogue
 */
export function nameProblems(topic: string, others: readonly string[]): readonly string[] {
  const rivals = others.filter((other) => other !== topic && metricName(other) === metricName(topic));
  return [
    ...when(topic.length > MAX_LENGTH, `the name has ${topic.length} characters; Kafka allows at most ${MAX_LENGTH}`),
    ...when(
      !/^[a-zA-Z0-9._-]+$/.test(topic) || topic === '.' || topic === '..',
      'Kafka allows names of a-z, A-Z, 0-9, dot, underscore and dash, except "." and ".."',
    ),
    ...when(topic.startsWith('__'), 'names with two leading underscores are reserved for Kafka’s internal topics'),
    ...rivals.map(
      (rival) =>
        `the name collides with that of topic '${rival}': dots become underscores in metrics, so Kafka rejects the second topic; rename one of them`,
    ),
  ];
}

const when = (condition: boolean, problem: string): readonly string[] => (condition ? [problem] : []);
