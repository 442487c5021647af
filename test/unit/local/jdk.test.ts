import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaClassPath } from '../../../src/local/class-path';
import { findJdk } from '../../../src/processes/jdk';

/** A folder with a `java` that reports a version. */
function jdk(version: string): string {
  const home = mkdtempSync(join(tmpdir(), 'jdk-'));
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin', 'java'), `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`);
  chmodSync(join(home, 'bin', 'java'), 0o755);
  return home;
}

describe('the JDK', () => {
  it('is that of JAVA_HOME if it is new enough', () => {
    const home = jdk('17.0.1');
    expect(findJdk({ JAVA_HOME: home, PATH: join(jdk('21'), 'bin') }, [])).toEqual({
      java: join(home, 'bin', 'java'),
      version: 17,
    });
  });

  it('is searched in PATH if that of JAVA_HOME is too old', () => {
    const newer = join(jdk('25.0.2'), 'bin');
    expect(findJdk({ JAVA_HOME: jdk('1.8.0_292'), PATH: newer }, [])).toMatchObject({
      java: join(newer, 'java'),
      version: 25,
    });
  });

  it('is searched in the usual folders last', () => {
    const home = jdk('21.0.1');
    expect(findJdk({}, [join(home, '..')])).toMatchObject({ version: expect.any(Number) as number });
  });

  it('is newer for a program with higher requirements than Kafka', () => {
    const need = { program: 'Apicurio Registry', least: 21 };
    const newer = join(jdk('25.0.2'), 'bin');
    expect(findJdk({ JAVA_HOME: jdk('17.0.1'), PATH: newer }, [], need)).toMatchObject({ version: 25 });
    expect(() => findJdk({ JAVA_HOME: jdk('17.0.1') }, [], need)).toThrow(
      /Apicurio Registry needs a Java runtime of version 21 or newer: .* is Java 17\.\n {2}fix: install one \(Debian: apt-get install openjdk-21/,
    );
  });

  it('is requested in one message, which names the found versions', () => {
    const home = jdk('11.0.2');
    expect(() => findJdk({ JAVA_HOME: home }, [])).toThrow(
      `version 17 or newer: ${join(home, 'bin', 'java')} is Java 11.\n  fix: install one`,
    );
    expect(() => findJdk({}, [])).toThrow(/none was found in JAVA_HOME, PATH and the usual folders/);
  });
});

describe('Maven', () => {
  const path = process.env['PATH'];
  afterEach(() => {
    process.env['PATH'] = path;
  });

  it('is requested if it is missing', async () => {
    process.env['PATH'] = '/nonexistent';
    await expect(kafkaClassPath({ version: '0.0.0', jdk: { java: '/bin/sh', version: 17 } })).rejects.toThrow(
      /Maven \(mvn\) is not in PATH[\s\S]*fix: install it/,
    );
  });
});
