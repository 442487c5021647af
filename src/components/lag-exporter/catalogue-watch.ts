import type { Step } from '../topics/plan';
import type { Metric } from '../../monitoring/exposition';

/** A plan reads the settings of every topic, which is too expensive for every scrape. */
const EVERY_MS = 60_000;

interface WatchProps {
  /** Plans the changes that would make the topics equal to the catalogue. */
  readonly plan: () => Promise<readonly Step[]>;
  readonly say: (line: string) => void;
  /** Interval between plans. @default 1 min */
  readonly everyMs?: number;
}

/**
 * Reports whether the topics are equal to the catalogue. Possible causes of differences are a failed run and manual
 * changes.
 */
export class CatalogueWatch {
  private differing: number | undefined;
  private said = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly props: WatchProps) {}

  /** Makes a plan immediately and then repeatedly until `stop`. */
  async start(): Promise<void> {
    await this.look();
    this.timer = setTimeout(() => void this.start(), this.props.everyMs ?? EVERY_MS);
    this.timer.unref();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** The metric has no sample while the state is unknown. */
  metrics(): readonly Metric[] {
    return [
      {
        name: 'platform_catalogue_topics_differing',
        help: 'Topics that differ from the catalogue',
        samples: this.differing === undefined ? [] : [{ labels: {}, value: this.differing }],
      },
    ];
  }

  private async look(): Promise<void> {
    try {
      const steps = await this.props.plan();
      const differing = steps.filter(({ kind }) => kind !== 'unchanged' && kind !== 'unmanaged');
      this.differing = differing.length;
      this.sayOnce(differing.map(({ kind, topic }) => `${topic} (${kind})`).join(', '));
    } catch {
      // The metrics of the readings report brokers that do not answer.
      this.differing = undefined;
    }
  }

  private sayOnce(differing: string): void {
    if (differing === this.said) return;
    this.said = differing;
    this.props.say(differing === '' ? 'topics are as in the catalogue' : `not as in the catalogue: ${differing}`);
  }
}
