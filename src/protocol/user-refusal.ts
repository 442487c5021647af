import { explainKafkaError } from './kafka-errors';
import { requireOk } from './request';

/** A rejected request about one user. */
export interface UserRefusal {
  readonly user: string;
  /** The broker's message if there is one, with Kafka's name of the error. */
  readonly message: string;
}

/** A response about one user. */
export interface UserAnswer {
  readonly user: string;
  /** Kafka's error code; 0 if there is no error. */
  readonly code: number;
  readonly message: string | null;
}

/** The rejections among the answers. @throws {KafkaError} if a user has no answer */
export function userRefusals(users: readonly string[], answers: readonly UserAnswer[]): readonly UserRefusal[] {
  const answered = new Set(answers.map(({ user }) => user));
  for (const user of users) if (!answered.has(user)) requireOk(-1, 'the broker did not answer for this user', user);
  return answers
    .filter(({ code }) => code !== 0)
    .map(({ user, code, message }) => ({ user, message: explainKafkaError(code, message) }));
}
