import { request } from 'node:http';
import { FORMATS } from '../components/kafka-cluster/formation/format-arguments';
import { nodeWithId, type GuardSettings } from '../components/kafka-cluster/guard/settings';
import { run } from '../console/run';
import { UserError } from '../validation/user-error';
import { jsonFile, required } from './environment';

/** Tells the guard of this pod how the node's empty disk is to be formatted; for `kubectl exec` in the guard's container. */
run(async () => {
  const format = process.argv[2] ?? '';
  if (!FORMATS.some((one) => one === format)) {
    throw new UserError(`the format is '${format}'`, `name one of these: ${FORMATS.join(', ')}`);
  }
  const { nodes } = jsonFile('GUARD_SETTINGS') as GuardSettings;
  const { guardPort } = nodeWithId(nodes, Number(required('NODE_ID')));
  const status = await post(guardPort, `/format/${format}`);
  if (status !== 200) throw new Error(`the guard answered ${status}`);
  console.log(`the disk of this node will be formatted: ${format}`);
});

const post = (port: number, path: string): Promise<number> =>
  new Promise((done, fail) => {
    const call = request({ host: '127.0.0.1', port, path, method: 'POST' }, (response) => {
      response.resume();
      done(response.statusCode ?? 0);
    });
    call.once('error', fail);
    call.end();
  });
