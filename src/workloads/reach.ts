import { run } from '../console/run';
import { UserError } from '../console/user-error';
import { opens } from '../wire/opens';

/** Which of the `host:port` arguments accept a connection from this pod, as JSON. */
run(async () => {
  const targets = process.argv.slice(2);
  const malformed = targets.filter((target) => !/^[^:\s]+:\d+$/.test(target));
  if (malformed.length > 0 || targets.length === 0) {
    throw new UserError(`No host:port: '${malformed.join(' ')}'.`, 'name at least one, such as 10.0.0.1:9092');
  }
  const answers = await Promise.all(
    targets.map(async (target) => {
      const [host = '', port] = target.split(':');
      return [target, await opens(host, Number(port))] as const;
    }),
  );
  console.log(JSON.stringify(Object.fromEntries(answers)));
});
