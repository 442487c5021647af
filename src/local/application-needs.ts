import { valueSubject } from '../avro/subject';
import { topicsOf, type Application } from '../components/application/applications';
import type { KafkaConnection } from '../protocol/connection';
import { registryClient } from '../registry-client/registry-client';
import { METADATA } from '../protocol/metadata';
import { ask } from '../protocol/request';

/** How long one answer is reused: every waiting application polls. */
const LOOK_AGAIN_MS = 1_000;

interface NeedsProps {
  readonly applications: readonly Application[];
  /** Subjects of the schemas to register. */
  readonly subjects: readonly string[];
  readonly connection: KafkaConnection;
  /** Address of the registry, base path included; undefined without one. */
  readonly registry: string | undefined;
  /** Called when the list of missing parts changes: `topics`, `schemas`. */
  readonly onMissing: (missing: readonly string[]) => void;
}

/** The preconditions of the applications: their topics and schemas are applied. */
export class ApplicationNeeds {
  private readonly topics: readonly string[];
  private readonly subjects: readonly string[];
  private looking = Promise.resolve(false);
  /** Time of the last answer; infinite during a request. */
  private lookedAt = 0;
  private told = '';

  constructor(private readonly props: NeedsProps) {
    const { applications, registry, subjects } = props;
    this.topics = [...new Set(applications.flatMap(topicsOf))];
    const own = applications
      .filter((application) => application.registry)
      .flatMap(topicsOf)
      .map(valueSubject);
    this.subjects = registry === undefined ? [] : subjects.filter((subject) => own.includes(subject));
  }

  /** @returns false also if the brokers or the registry do not answer */
  readonly areMet = (): Promise<boolean> => {
    if (Date.now() - this.lookedAt > LOOK_AGAIN_MS) {
      this.lookedAt = Infinity;
      this.looking = this.look()
        .catch(() => false)
        .finally(() => (this.lookedAt = Date.now()));
    }
    return this.looking;
  };

  private async look(): Promise<boolean> {
    const { connection, onMissing } = this.props;
    const [topics, subjects] = await Promise.all([ask(connection, METADATA), this.registered()]);
    const existing = new Set(topics.map(({ name }) => name));
    const missing = [
      ...(this.topics.every((name) => existing.has(name)) ? [] : ['topics']),
      ...(this.subjects.every((name) => subjects.includes(name)) ? [] : ['schemas']),
    ];
    if (missing.join() !== this.told) onMissing(missing);
    this.told = missing.join();
    return missing.length === 0;
  }

  private registered(): Promise<readonly string[]> {
    const { registry } = this.props;
    return registry === undefined ? Promise.resolve([]) : registryClient({ url: registry }).subjects();
  }
}
