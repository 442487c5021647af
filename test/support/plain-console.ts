import { Console } from 'node:console';

/** Jest's own console would add ten lines of source and stack to each notice of a client. */
globalThis.console = new Console(process.stdout, process.stderr);
