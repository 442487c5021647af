import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthority, type Authority } from '../../certificates/authority';
import { writePrivate } from '../../processes/write-private';

/** Ten years: the authority of a local platform is made once. */
const VALID_DAYS = 3_650;

/** Where an authority of a local platform is. */
interface Place {
  readonly directory: string;
  /** Of the files: `<name>.pem` and `<name>.key`. */
  readonly name: string;
}

/** The file with the certificate of an authority, for those who trust it. */
const authorityFile = ({ directory, name }: Place): string => join(directory, `${name}.pem`);

/** The authority in a directory; made when it is not there yet. */
export async function localAuthority(place: Place, commonName: string): Promise<Authority> {
  const [certificate, key] = [authorityFile(place), join(place.directory, `${place.name}.key`)];
  if (existsSync(certificate) && existsSync(key))
    return { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
  const authority = await createAuthority({ commonName, validDays: VALID_DAYS });
  writePrivate(key, authority.key);
  writePrivate(certificate, authority.certificate);
  return authority;
}
