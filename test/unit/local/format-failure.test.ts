import { parseConfig } from '../../../src/platform/load';
import { formatFailure } from '../../../src/local/format-failure';
import { withValue } from '../../../tools/support/config';

const config = parseConfig(withValue('brokers/properties', { 'principal.builder.class': 'org.mine.B' }));
const messageOf = (output: string): string =>
  formatFailure({ output, nodeId: 1, directory: '/state/broker-1', config }).message;

const EXCEPTION = 'Exception in thread "main" org.apache.kafka.common.config.ConfigException: ';

// The messages are output of Kafka 4.3's tool.
describe('the error of a failed format', () => {
  it.each([
    [
      'a property of the user',
      `${EXCEPTION}Invalid value org.mine.B for configuration principal.builder.class: Class org.mine.B could not be found.\n\tat org.apache.kafka.common.config.ConfigDef.parseType(ConfigDef.java:789)`,
      'Kafka does not take the configuration of broker 1:',
      'fix: correct brokers.properties.principal.builder.class, or remove it',
    ],
    [
      'a derived property',
      'Exception in thread "main" java.lang.IllegalArgumentException: requirement failed: queued.max.request.bytes must be larger or equal to socket.request.max.bytes',
      'Kafka does not take the configuration of broker 1:',
      'brokers.socketRequestMax',
    ],
    [
      'a metadata version',
      "Unknown metadata.version '4.3-IV9'. Supported metadata.version are: 4.2-IV1, 4.3-IV0",
      'Kafka does not take the configuration of broker 1:',
      'fix: set brokers.metadataVersion to one of those, or leave it out',
    ],
    [
      'a place that cannot be written',
      'Formatting metadata directory /state/broker-1/log with metadata.version 4.3-IV0.\nError while writing meta.properties file /state/broker-1/log: java.nio.file.AccessDeniedException: /state/broker-1/log',
      'The storage of broker 1 in /state/broker-1 could not be formatted:',
      'fix: see that /state/broker-1 is a directory that this user can write',
    ],
    [
      'a full disk',
      'Error while writing meta.properties file /state/broker-1/log: java.io.IOException: No space left on device',
      'could not be formatted:',
      'fix: make room on the disk of /state/broker-1',
    ],
    [
      'too little memory',
      'java.lang.OutOfMemoryError: Java heap space',
      'could not be formatted:',
      'fix: free some memory',
    ],
    ['a Java that is gone', 'spawn /opt/java ENOENT', 'could not be formatted:', 'fix: see that the Java'],
    ['a Java that may not be run', 'spawn /opt/java EACCES', 'could not be formatted:', 'fix: see that the Java'],
    [
      'a property of the user at the end of a sentence',
      `${EXCEPTION}Class org.mine.B is not a builder, see principal.builder.class.`,
      'Kafka does not take the configuration of broker 1:',
      'fix: correct brokers.properties.principal.builder.class, or remove it',
    ],
    [
      'a disk of which no more may be used',
      'java.io.IOException: Disk quota exceeded',
      'could not be formatted:',
      'fix: make room on the disk of /state/broker-1',
    ],
    [
      'memory that cannot be reserved',
      'Error: Could not reserve enough space for 131072KB object heap',
      'could not be formatted:',
      'fix: free some memory',
    ],
    [
      'a file in the place of the directory',
      'mkdir: cannot create /state/broker-1/log: Not a directory',
      'could not be formatted:',
      'fix: see that /state/broker-1 is a directory that this user can write',
    ],
  ])('for %s has the reason without stack trace, and the fix', (_, output, head, fix) => {
    const message = messageOf(output);
    expect(message).toContain(head);
    expect(message).toContain(fix);
    expect(message).not.toMatch(/^\s+at /m);
    if (!fix.includes('disk')) expect(message).not.toContain('disk');
  });

  it('has no fix if Kafka names no property', () => {
    expect(messageOf(`${EXCEPTION}There is no quorum.`)).toBe(
      `Kafka does not take the configuration of broker 1:\n    ${EXCEPTION}There is no quorum.`,
    );
  });

  it('does not contain the records that the tool would have written', () => {
    const records = 'Bootstrap metadata: BootstrapMetadata(records=[ApiMessageAndVersion(...)])';
    expect(messageOf(`${records}\nSomething else.`)).not.toContain('BootstrapMetadata');
  });

  it('has the original output and no fix if the cause is unknown', () => {
    expect(messageOf('Something else.')).toBe(
      'The storage of broker 1 in /state/broker-1 could not be formatted:\n    Something else.',
    );
  });
});
