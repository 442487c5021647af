import { commandLine } from '../../../src/validation/command-line';

describe('the text of a command', () => {
  it.each([
    ['topics plan', 'npm run topics -- plan', 'npx kafka-platform topics plan'],
    ['synth', 'npm run synth', 'npx kafka-platform synth'],
    ['start', 'npm start', 'npx kafka-platform start'],
    ['start --once', 'npm start -- --once', 'npx kafka-platform start --once'],
  ])('%s', (words, here, installed) => {
    expect(commandLine(words)).toBe(here);
    expect(commandLine(words, true)).toBe(installed);
  });
});
