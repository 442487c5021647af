import { explainKafkaError, isKafkaErrorType } from '../protocol/kafka-errors';
import { errorChain } from '../validation/error-chain';

const BROKERS_FIX = 'see that the brokers run, and that the addresses are right';

/** Errors of this project whose message says what is wrong and where. */
const OURS = new Set([
  'ConfigError',
  'ConsumerEnded',
  'DeliveryEnded',
  'FatalError',
  'HandlerTimedOut',
  'KafkaError',
  'KubectlError',
  'OutageError',
  'PermanentError',
  'RecordRefused',
  'RetriableError',
  'UserError',
]);

/**
 * The text of an error for users, as one sentence: own errors unchanged, Kafka's errors by their meaning, errors of
 * kafkajs and the network with a hint. Undefined for all other errors, which are defects of the program.
 */
export function problemText(error: unknown): string | undefined {
  const chain = errorChain(error);
  // The error of a transaction only repeats its cause.
  const [first] = chain.filter(({ name }) => name !== 'TransactionFailed');
  if (first === undefined) return undefined;
  if (OURS.has(String(first.name))) return String(first.message);
  const several = first.errors;
  if (Array.isArray(several)) return ofSeveral(several);
  const known = chain.find(({ type }) => typeof type === 'string' && isKafkaErrorType(type));
  if (known !== undefined) {
    const topics = chain.flatMap(({ topic }) => (typeof topic === 'string' ? [`${topic}: `] : []));
    return `${topics[0] ?? ''}${explainKafkaError(String(known.type))}`;
  }
  const ofClient = chain.filter(({ name }) => String(name).startsWith('KafkaJS')).at(-1);
  if (ofClient !== undefined) return `${String(ofClient.message)}; ${BROKERS_FIX}`;
  const ofSystem = chain.find(({ code }) => typeof code === 'string' && /^E[A-Z0-9_]+$/.test(code));
  // Error codes that start with ERR_ are errors of Node.js about invalid calls.
  if (ofSystem === undefined || String(ofSystem.code).startsWith('ERR_')) return undefined;
  const message = String(ofSystem.message);
  return message.includes(String(ofSystem.code)) ? message : `${message} (${String(ofSystem.code)})`;
}

function ofSeveral(errors: readonly unknown[]): string | undefined {
  const texts = errors.map(problemText);
  const told = texts.filter((text) => text !== undefined);
  return told.length < texts.length || told.length === 0 ? undefined : [...new Set(told)].join('\n');
}
