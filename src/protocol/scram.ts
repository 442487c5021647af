import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { UserError } from '../validation/user-error';

const HASH = 'sha512';
const HASH_BYTES = 64;
const SALT_BYTES = 32;

/** Kafka accepts credentials with 4,096 to 16,384 iterations. */
const MIN_ITERATIONS = 4_096;
const MAX_ITERATIONS = 16_384;

/** Iterations of the credentials that the platform makes: Kafka's maximum. */
export const ITERATIONS = MAX_ITERATIONS;

/** No channel binding, and no other identity than that of the user. */
const GS2_HEADER = 'n,,';

/** Mandatory extensions (`m=`), which come first, are refused; optional ones, which come last, are ignored. */
const SERVER_FIRST = /^r=([\x21-\x2b\x2d-\x7e]+),s=([A-Za-z0-9+/]+=*),i=([1-9]\d{0,8})(?:,.*)?$/;
const SERVER_FINAL = /^v=([A-Za-z0-9+/]+=*)(?:,.*)?$/;
const SERVER_ERROR = /^e=([^,]*)/;

/** A SCRAM-SHA-512 credential, from which the password cannot be computed. */
export interface ScramCredential {
  readonly iterations: number;
  readonly salt: Buffer;
  /** 64 bytes. Brokers accept any other number, too, and the user then cannot log in. */
  readonly saltedPassword: Buffer;
}

const derive = promisify(pbkdf2);

/** PBKDF2 with HMAC-SHA-512, 64 bytes. Like Kafka, it uses the password as UTF-8, without SASLprep. */
export const saltedPassword = (password: string, salt: Buffer, iterations: number): Promise<Buffer> =>
  derive(Buffer.from(password), salt, iterations, HASH_BYTES, HASH);

/** A credential with a random salt of its own and {@link ITERATIONS}. */
export async function newScramCredential(password: string): Promise<ScramCredential> {
  const salt = randomBytes(SALT_BYTES);
  return { iterations: ITERATIONS, salt, saltedPassword: await saltedPassword(password, salt, ITERATIONS) };
}

/** The client's side of one login with SCRAM-SHA-512 (RFC 5802). The messages are called in the order of the methods. */
export class ScramClient {
  private readonly clientFirstBare: string;
  private serverSignature: Buffer | undefined;

  /** @param nonce random printable ASCII without commas, another one for each login */
  constructor(
    username: string,
    private readonly nonce: string,
  ) {
    this.clientFirstBare = `n=${saslName(username)},r=${nonce}`;
  }

  clientFirst(): string {
    return `${GS2_HEADER}${this.clientFirstBare}`;
  }

  /**
   * Proves that the client has the password.
   * @throws {UserError} if the server's message is malformed, does not continue this login, or has iterations outside of Kafka's bounds
   */
  async clientFinal(serverFirst: string, password: string): Promise<string> {
    const { nonce, salt, iterations } = this.parsed(serverFirst);
    const salted = await saltedPassword(password, salt, iterations);
    const withoutProof = `c=${Buffer.from(GS2_HEADER).toString('base64')},r=${nonce}`;
    const authMessage = `${this.clientFirstBare},${serverFirst},${withoutProof}`;
    const clientKey = hmac(salted, 'Client Key');
    const clientSignature = hmac(createHash(HASH).update(clientKey).digest(), authMessage);
    this.serverSignature = hmac(hmac(salted, 'Server Key'), authMessage);
    return `${withoutProof},p=${xor(clientKey, clientSignature).toString('base64')}`;
  }

  /** @throws {UserError} unless the server proves that it has the user's credential */
  verifyServerFinal(serverFinal: string): void {
    const [, error] = SERVER_ERROR.exec(serverFinal) ?? [];
    if (error !== undefined) throw new UserError(`The server refuses the login: ${error}.`);
    const [, signature] = SERVER_FINAL.exec(serverFinal) ?? [];
    const received = Buffer.from(signature ?? '', 'base64');
    const { serverSignature } = this;
    const isProven =
      serverSignature !== undefined &&
      received.length === serverSignature.length &&
      timingSafeEqual(received, serverSignature);
    if (isProven) return;
    throw new UserError(
      'The server does not prove that it has the credential of this user, so it may be another than the intended one.',
      'check the address of the server',
    );
  }

  private parsed(serverFirst: string): Pick<ScramCredential, 'salt' | 'iterations'> & { readonly nonce: string } {
    const [, nonce, salt, count] = SERVER_FIRST.exec(serverFirst) ?? [];
    if (nonce === undefined || salt === undefined) {
      throw new UserError('The server does not answer a login as SCRAM requires.');
    }
    if (!nonce.startsWith(this.nonce) || nonce.length === this.nonce.length) {
      throw new UserError(
        'The server answers another login than this one: its nonce does not continue that of the client.',
      );
    }
    const iterations = Number(count);
    if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
      throw new UserError(
        `The server asks for ${iterations} iterations; allowed: ${MIN_ITERATIONS} to ${MAX_ITERATIONS}.`,
        'set the password of the user anew',
      );
    }
    return { nonce, salt: Buffer.from(salt, 'base64'), iterations };
  }
}

/** A name as SCRAM messages have it, where comma and equals sign have a meaning. */
const saslName = (username: string): string => username.replaceAll('=', '=3D').replaceAll(',', '=2C');

const hmac = (key: Buffer, text: string): Buffer => createHmac(HASH, key).update(text).digest();

const xor = (one: Buffer, other: Buffer): Buffer => Buffer.from(one.map((byte, index) => byte ^ (other[index] ?? 0)));
