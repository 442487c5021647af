/** Blocks every handler until it is released. */
export class Hold {
  private open: () => void = () => undefined;
  private held = Promise.resolve();
  /** The waiting handlers. */
  readonly waiting = new Set<string>();

  close(): void {
    this.waiting.clear();
    this.held = new Promise((resolve) => (this.open = resolve));
  }

  release(): void {
    this.open();
  }

  async pass(by = ''): Promise<void> {
    this.waiting.add(by);
    await this.held;
  }
}
