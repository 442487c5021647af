import { SAMPLES, SAMPLE_SETTINGS, topicsOf } from '../config/samples';
import type { Sample } from '../render/samples';
import { schemaCatalogue } from '../schemas/catalogue';
import { registryClient } from '../schemas/registry-client';
import { valueSubject } from '../schemas/subject';
import { METADATA } from '../wire/metadata';
import { ask } from '../wire/request';

/** Several ask, and ask again and again: one answer holds for so long. */
const LOOK_AGAIN_MS = 1_000;

interface NeedsProps {
  readonly samples: readonly Sample[];
  readonly bootstrap: readonly string[];
  /** Address of the registry, base path included. */
  readonly registry: string;
  /** Told when it changes what has still to be applied: `topics`, `schemas`. */
  readonly onMissing: (missing: readonly string[]) => void;
}

/** What samples need before they can start: that their topics and schemas are applied. */
export class SampleNeeds {
  private readonly topics: readonly string[];
  private readonly subjects: readonly string[];
  private looking = Promise.resolve(false);
  /** Infinite while it looks. */
  private lookedAt = 0;
  private told = '';

  constructor(private readonly props: NeedsProps) {
    const names = props.samples.map(({ name }) => name);
    const settings = SAMPLE_SETTINGS.filter((setting) => names.includes(SAMPLES[setting].name));
    this.topics = [...new Set(settings.flatMap(topicsOf))];
    this.subjects = schemaCatalogue
      .filter(({ topic }) => this.topics.includes(topic))
      .map(({ topic }) => valueSubject(topic));
  }

  /** @returns false also while brokers or registry do not tell */
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
    const { bootstrap, registry, onMissing } = this.props;
    const [topics, subjects] = await Promise.all([
      ask(bootstrap, METADATA),
      registryClient({ url: registry }).subjects(),
    ]);
    const existing = new Set(topics.map(({ name }) => name));
    const missing = [
      ...(this.topics.every((name) => existing.has(name)) ? [] : ['topics']),
      ...(this.subjects.every((name) => subjects.includes(name)) ? [] : ['schemas']),
    ];
    if (missing.join() !== this.told) onMissing(missing);
    this.told = missing.join();
    return missing.length === 0;
  }
}
