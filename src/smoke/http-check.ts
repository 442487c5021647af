import type { HttpProof } from '../components/http-proof';
import { skipped } from '../components/outcome';
import type { Check, Services } from './check';
import { settled } from './settled';

const TIMEOUT_MS = 10_000;

/** Creates a check from a component's declaration. */
export const httpCheck = <Config>(proof: HttpProof<Config>): Check<Config> => ({
  name: proof.name,
  run: ({ config, services, settleMs }) => {
    const url = services[proof.component];
    if (url === undefined) return Promise.resolve(skipped(`no ${proof.title} here`));
    return settled(settleMs, async () => proof.verdict(await answerOf(proof, url), config).outcome);
  },
});

interface Asked<Config> {
  readonly config: Config;
  readonly services: Services;
}

/** Names of components that are replaced by a stand-in without metrics. */
export async function standInsAmong<Config>(
  proofs: readonly HttpProof<Config>[],
  { config, services }: Asked<Config>,
): Promise<readonly string[]> {
  const found = proofs.map(async (proof) => {
    const url = services[proof.component];
    if (url === undefined) return [];
    return proof.verdict(await answerOf(proof, url), config).isStandIn === true ? [proof.component] : [];
  });
  return (await Promise.all(found)).flat();
}

async function answerOf<Config>({ title, path }: HttpProof<Config>, address: string): Promise<unknown> {
  const url = `${address}${path}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`the ${title} answers ${response.status} at ${url}`);
  return response.json();
}
