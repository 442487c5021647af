import { ConfigError } from '../validation/problems';

/**
 * The action of a command, whose refusal of a configuration says what the command did not do.
 * @param consequence in words: `nothing was written`
 */
export const withConsequence =
  <Args extends readonly unknown[]>(consequence: string, action: (...args: Args) => Promise<void>) =>
  async (...args: Args): Promise<void> => {
    try {
      await action(...args);
    } catch (error) {
      throw error instanceof ConfigError ? error.because(consequence) : error;
    }
  };
