import { loadEnvironment } from '../../src/cli/load-project';
import { problemText } from '../../src/console/problem-text';

/** Prints, as JSON, the program's message for each named file; null for an error that would be printed with a stack. */
async function main(): Promise<void> {
  const told: (string | null)[] = [];
  for (const config of process.argv.slice(2)) {
    const error = await loadEnvironment({ config }).then(
      () => new Error('it was taken'),
      (thrown: unknown) => thrown,
    );
    told.push(problemText(error) ?? null);
  }
  console.log(JSON.stringify(told));
}

void main();
