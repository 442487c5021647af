import { createHash, createHmac } from 'node:crypto';
import { ITERATIONS, ScramClient, newScramCredential, saltedPassword } from '../../../src/protocol/scram';

const PASSWORD = 'pencil';

/** The messages of a login of the user `a=b,c`, in the form of RFC 7677, as Kafka's `ScramFormatter` 4.3.1 computes them. */
const NONCE = 'rOprNGfwEbeRWgbNEkqO';
const CLIENT_FIRST = `n,,n=a=3Db=2Cc,r=${NONCE}`;
const SERVER_NONCE = `${NONCE}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0`;
const SALT = 'W22ZaJ0SNY7soEsUEjb6gQ==';
const SERVER_FIRST = `r=${SERVER_NONCE},s=${SALT},i=4096`;
const CLIENT_FINAL =
  `c=biws,r=${SERVER_NONCE},` +
  'p=0xkT+y4PCfsHjCxYybisONBzZtpR42hrEYoVrS8P7JbcTUAsX8pATw30JVmvLi6V54m4ka121j7/Rg7ZNBLA5g==';
const SERVER_FINAL = 'v=25DmDvA3+5dUw/xuIDXu3e23LE2M8X9NuMzqfqOFE13zDzXE8SzfO8JQfo9dcWWu7IlR3D4yRUS4wOJ8bIpoug==';

const hmac = (key: Buffer, data: string | Buffer): Buffer => createHmac('sha512', key).update(data).digest();

const xor = (one: Buffer, other: Buffer): Buffer =>
  Buffer.from(one.map((byte, index) => byte ^ other.readUInt8(index)));

/** `Hi` of RFC 5802, in its own words. */
function hi(password: string, salt: Buffer, iterations: number): Buffer {
  const key = Buffer.from(password);
  let last = hmac(key, Buffer.concat([salt, Buffer.from([0, 0, 0, 1])]));
  let all = last;
  for (let count = 1; count < iterations; count += 1) {
    last = hmac(key, last);
    all = xor(all, last);
  }
  return all;
}

async function loggingIn(): Promise<ScramClient> {
  const client = new ScramClient('a=b,c', NONCE);
  await client.clientFinal(SERVER_FIRST, PASSWORD);
  return client;
}

describe('a salted password', () => {
  it('is that of Kafka, which uses UTF-8 and no SASLprep', async () => {
    expect((await saltedPassword('päss', Buffer.from([1, 2, 3, 4]), 4_096)).toString('base64')).toBe(
      '9v3eJpjz3o9E7psLY/5IofhoE/1+0LdGX5WJq1pw6qEGy1uEvI96XA+IkFGrS7r1ph4XItly4noXFauc5dyUDQ==',
    );
  });

  it('is that of RFC 5802 for a new credential, whose salt is its own', async () => {
    const [one, other] = await Promise.all([newScramCredential(PASSWORD), newScramCredential(PASSWORD)]);
    expect(one.iterations).toBe(16_384);
    expect(one.salt).toHaveLength(32);
    expect(one.saltedPassword).toEqual(hi(PASSWORD, one.salt, ITERATIONS));
    expect(one.salt).not.toEqual(other.salt);
  });
});

describe('a login with SCRAM-SHA-512', () => {
  it('has the messages of Kafka', async () => {
    const client = new ScramClient('a=b,c', NONCE);
    expect(client.clientFirst()).toBe(CLIENT_FIRST);
    expect(await client.clientFinal(SERVER_FIRST, PASSWORD)).toBe(CLIENT_FINAL);
    expect(() => client.verifyServerFinal(SERVER_FINAL)).not.toThrow();
  });

  it('proves the password to a server that has only the stored key', async () => {
    const [withoutProof = '', proof = ''] = (
      await new ScramClient('a', NONCE).clientFinal(SERVER_FIRST, PASSWORD)
    ).split(',p=');
    const salted = hi(PASSWORD, Buffer.from(SALT, 'base64'), 4_096);
    const storedKey = createHash('sha512').update(hmac(salted, 'Client Key')).digest();
    const signature = hmac(storedKey, `n=a,r=${NONCE},${SERVER_FIRST},${withoutProof}`);
    const clientKey = xor(Buffer.from(proof, 'base64'), signature);
    expect(createHash('sha512').update(clientKey).digest()).toEqual(storedKey);
  });

  it('ignores optional extensions of the server', async () => {
    await expect(new ScramClient('a', NONCE).clientFinal(`${SERVER_FIRST},x=y`, PASSWORD)).resolves.toMatch(/^c=biws/);
    const client = await loggingIn();
    expect(() => client.verifyServerFinal(`${SERVER_FINAL},x=y`)).not.toThrow();
  });

  it.each([
    ['another nonce', SERVER_FIRST.replace(NONCE, 'x'), /another login/],
    ['no nonce of its own', `r=${NONCE},s=${SALT},i=4096`, /another login/],
    ['4095 iterations', SERVER_FIRST.replace('4096', '4095'), /4095 iterations; allowed: 4096 to 16384/],
    ['16385 iterations', SERVER_FIRST.replace('4096', '16385'), /16385 iterations/],
    ['a mandatory extension', `m=x,${SERVER_FIRST}`, /as SCRAM requires/],
    ['no salt', `r=${SERVER_NONCE},i=4096`, /as SCRAM requires/],
    ['nothing', '', /as SCRAM requires/],
  ])('refuses a server that answers with %s', async (_, serverFirst, says) => {
    await expect(new ScramClient('a', NONCE).clientFinal(serverFirst, PASSWORD)).rejects.toThrow(says);
  });

  it.each([
    ['another signature', `v=${Buffer.alloc(64).toString('base64')}`],
    ['a part of the signature', SERVER_FINAL.slice(0, 20)],
    ['nothing', ''],
  ])('refuses a server that ends with %s', async (_, serverFinal) => {
    const client = await loggingIn();
    expect(() => client.verifyServerFinal(serverFinal)).toThrow('does not prove');
  });

  it('says why a server refuses the login', async () => {
    const client = await loggingIn();
    expect(() => client.verifyServerFinal('e=invalid-proof')).toThrow('The server refuses the login: invalid-proof.');
  });

  it('is not proven before the client has sent its own proof', () => {
    expect(() => new ScramClient('a', NONCE).verifyServerFinal(SERVER_FINAL)).toThrow('does not prove');
  });
});
