import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../../src/validation/message-of';

const RESTART_MS = 200;
const CLOSE_MS = 10_000;

/** An application to supervise. */
export interface Application {
  readonly ended: Promise<void>;
  close(deadlineMs: number): Promise<unknown>;
}

/** Keeps an application running like a Deployment: restarts it when it ends, until it is stopped. */
export class Supervised {
  /** Reasons of all ends that were not requested. */
  readonly ends: string[] = [];
  private running: Application | undefined;
  private isWanted = false;
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly open: () => Promise<Application>) {}

  start(): Promise<void> {
    this.isWanted = true;
    return this.inTurn(() => this.openOnce());
  }

  stop(): Promise<void> {
    this.isWanted = false;
    return this.inTurn(async () => {
      const { running } = this;
      this.running = undefined;
      await running?.close(CLOSE_MS);
    });
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.last = this.last.then(work);
    return this.last;
  }

  private async openOnce(): Promise<void> {
    while (this.isWanted && this.running === undefined) {
      try {
        const application = await this.open();
        this.running = application;
        application.ended.catch((error: unknown) => this.restart(application, error));
      } catch (error) {
        this.ends.push(messageOf(error));
        await delay(RESTART_MS);
      }
    }
  }

  private restart(application: Application, error: unknown): void {
    this.ends.push(messageOf(error));
    void this.inTurn(async () => {
      if (this.running !== application) return;
      this.running = undefined;
      // Releases resources that other parts of the application still hold.
      await application.close(CLOSE_MS).catch(() => undefined);
      await delay(RESTART_MS);
      await this.openOnce();
    });
  }
}
