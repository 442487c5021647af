/**
 * Whether this package is installed as a dependency. The surrounding project then has none of these npm scripts and
 * cannot change these sources.
 */
export const IS_INSTALLED = typeof __dirname === 'string' && /[\\/]node_modules[\\/]/.test(__dirname);

/**
 * The command line of a platform command, for messages: `npm run topics -- plan` in this repository, `npx
 * kafka-platform topics plan` in a project that installed the package.
 * @param words the command and its arguments, such as `topics plan`
 */
export function commandLine(words: string, isInstalled = IS_INSTALLED): string {
  if (isInstalled) return `npx kafka-platform ${words}`;
  const [command = '', ...rest] = words.split(' ');
  const script = command === 'start' ? 'npm start' : `npm run ${command}`;
  return [script, ...(rest.length === 0 ? [] : ['--', ...rest])].join(' ');
}
