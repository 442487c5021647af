import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findJdk } from '../../src/processes/jdk';
import { APICURIO_VERSION } from '../../src/components/schema-registry/apicurio-version';
import { registryDistribution } from '../../src/components/schema-registry/distribution';
import type { AvroSchema } from '../../src/avro/subject';

/** A value written with one schema, to be read with another. */
export interface ToRead {
  readonly writer: AvroSchema;
  readonly reader: AvroSchema;
  readonly bytes: Buffer;
}

/** The value that Apache Avro read, in the form of `avroText`, and its encoding with the reader's schema. */
export type Read = { readonly text: string; readonly bytes: Buffer } | { readonly error: string };

/**
 * Reads values with Apache Avro for Java from the registry's distribution, an implementation that shares no code with
 * ours.
 */
export async function readByJava(all: readonly ToRead[]): Promise<readonly Read[]> {
  const jdk = findJdk();
  const distribution = await registryDistribution({ version: APICURIO_VERSION, jdk });
  const input = all.map(({ writer, reader, bytes }) =>
    [JSON.stringify(writer), JSON.stringify(reader), bytes].map(base64).join(' '),
  );
  const output = execFileSync(
    jdk.java,
    ['-Xmx400m', '-cp', join(distribution, 'lib/main/*'), join(__dirname, 'AvroRoundTrip.java')],
    { input: `${input.join('\n')}\n`, encoding: 'utf8', maxBuffer: 2 ** 30, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  return output.trimEnd().split('\n').map(answered);
}

const base64 = (part: string | Buffer): string => Buffer.from(part as string).toString('base64');

function answered(line: string): Read {
  const [kind = '', text = '', bytes = ''] = line.split(' ');
  return kind === 'ok' ? { text, bytes: Buffer.from(bytes, 'base64') } : { error: line };
}
