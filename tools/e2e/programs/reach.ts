import { run } from '../../../src/console/run';
import { UserError } from '../../../src/validation/user-error';
import { opens } from '../../../src/protocol/opens';
import { parseServerAddress } from '../../../src/protocol/server-address';

/** Prints which of the `host:port` arguments accept a connection from this pod, as JSON. */
run(async () => {
  const targets = process.argv.slice(2);
  const malformed = targets.filter((target) => parseServerAddress(target) === undefined);
  if (malformed.length > 0 || targets.length === 0) {
    throw new UserError(`No host:port: '${malformed.join(' ')}'.`, 'name at least one, such as 10.0.0.1:9092');
  }
  const answers = await Promise.all(
    targets.map(async (target) => {
      const address = parseServerAddress(target);
      return [target, address !== undefined && (await opens(address.host, address.port))] as const;
    }),
  );
  console.log(JSON.stringify(Object.fromEntries(answers)));
});
