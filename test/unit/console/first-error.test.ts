import { explainLog } from '../../../src/console/first-error';

const at = '2026-11-29T06:51:45.187Z';
const shutdown = Array.from({ length: 60 }, (_, index) => `${at} INFO  [SocketServer] step ${index} (SocketServer)`);
const frames = ['\tat kafka.server.BrokerServer.startup(BrokerServer.scala:1)', '\t... 7 more'];

describe('a log is explained by the first error of its process', () => {
  it.each([
    [
      'with the causes of a broker’s, without its stack and its orderly shutdown',
      [
        `${at} INFO  starting (KafkaRaftServer)`,
        `${at} ERROR [BrokerServer id=0] Fatal error during broker startup. Prepare to shutdown (BrokerServer)`,
        'org.apache.kafka.common.errors.InvalidConfigurationException: Failed to load PEM SSL keystore /etc/bad.pem',
        ...frames,
        'Caused by: org.apache.kafka.common.errors.InvalidConfigurationException: Invalid PEM keystore configs',
        ...frames,
        'Caused by: org.apache.kafka.common.errors.InvalidConfigurationException: No matching PRIVATE KEY entries in PEM file',
        ...frames,
        ...shutdown,
        `${at} ERROR [RaftManager id=0] a later one (RaftManager)`,
        ...shutdown,
      ],
      [
        `${at} ERROR [BrokerServer id=0] Fatal error during broker startup. Prepare to shutdown (BrokerServer)`,
        'org.apache.kafka.common.errors.InvalidConfigurationException: Failed to load PEM SSL keystore /etc/bad.pem',
        'Caused by: org.apache.kafka.common.errors.InvalidConfigurationException: Invalid PEM keystore configs',
        'Caused by: org.apache.kafka.common.errors.InvalidConfigurationException: No matching PRIVATE KEY entries in PEM file',
      ],
    ],
    [
      'not by what a slow machine says',
      [
        `${at} ERROR Exceptionally slow controller event processCheckIntegrity took 500 ms (EventPerformanceMonitor)`,
        `${at} ERROR Exiting Kafka due to fatal exception (Kafka$)`,
        ...frames,
      ],
      [`${at} ERROR Exiting Kafka due to fatal exception (Kafka$)`],
    ],
    [
      'when it ends before it has a log',
      [
        'Exception in thread "main" java.lang.IllegalArgumentException: no',
        '\tat a.B.c(B.java:1)',
        'Caused by: java.io.IOException: Permission denied',
        '\t... 1 more',
      ],
      [
        'Exception in thread "main" java.lang.IllegalArgumentException: no',
        'Caused by: java.io.IOException: Permission denied',
      ],
    ],
    [
      'when the virtual machine does not start',
      ['Error occurred during initialization of VM', 'Too small maximum heap'],
      ['Error occurred during initialization of VM', 'Too small maximum heap'],
    ],
    [
      'when it is of Quarkus',
      [
        '2026-11-29 06:00:00,123 INFO  [io.quarkus] (main) starting',
        '2026-11-29 06:00:01,123 ERROR [io.quarkus.runtime.Application] (main) Failed to start application: java.lang.RuntimeException: Failed',
        '\tat io.quarkus.A.b(A.java:1)',
        'Caused by: java.net.UnknownHostException: kafka-bootstrap',
        '2026-11-29 06:00:02,123 INFO  [io.quarkus] (main) stopped',
      ],
      [
        '2026-11-29 06:00:01,123 ERROR [io.quarkus.runtime.Application] (main) Failed to start application: java.lang.RuntimeException: Failed',
        'Caused by: java.net.UnknownHostException: kafka-bootstrap',
      ],
    ],
    [
      'when it is of Node.js, with its cause',
      [
        'listening',
        '/app/smoke.js:10',
        '    throw new Error("no", { cause });',
        '    ^',
        '',
        'Error: no',
        '    at run (/app/smoke.js:10:5) {',
        '  [cause]: TypeError: x is not a function',
        '      at cause (/app/smoke.js:3:1)',
        '}',
        '',
        'Node.js v22.1.0',
      ],
      ['Error: no', '  [cause]: TypeError: x is not a function', '}'],
    ],
    [
      'when it is of Prometheus',
      [
        'time=2026-11-29T06:00:00Z level=INFO source=main.go:1 msg="Starting"',
        'time=2026-11-29T06:00:00Z level=ERROR source=main.go:2 msg="Error loading config" err="yaml: line 3"',
        'time=2026-11-29T06:00:00Z level=INFO source=main.go:3 msg="bye"',
      ],
      ['time=2026-11-29T06:00:00Z level=ERROR source=main.go:2 msg="Error loading config" err="yaml: line 3"'],
    ],
    [
      'when it is of the start script',
      ['start-broker: refusing to start: the volume belongs to cluster A', `${at} INFO later (X)`],
      ['start-broker: refusing to start: the volume belongs to cluster A'],
    ],
    [
      'when it is of a shell',
      ['starting', '/etc/kafka/start.sh: line 7: getent: command not found', `${at} INFO later (X)`],
      ['/etc/kafka/start.sh: line 7: getent: command not found'],
    ],
    [
      'when it is of a Go program that panics',
      ['panic: runtime error: index out of range', '', 'goroutine 1 [running]:', '\tmain.go:1'],
      ['panic: runtime error: index out of range'],
    ],
    [
      'when its lines are JSON',
      [
        '{"level":"info","msg":"starting"}',
        '{"time":"1","level":"error","msg":"no route"}',
        '{"level":"info","msg":"bye"}',
      ],
      ['{"time":"1","level":"error","msg":"no route"}'],
    ],
    [
      'when it is of Java, with nothing before the name of the exception',
      ['starting', 'java.net.UnknownHostException: kafka-bootstrap', ...frames, `${at} INFO bye (X)`],
      ['java.net.UnknownHostException: kafka-bootstrap'],
    ],
    [
      'when it begins with no more than a word',
      ['starting', 'ERROR: no such option', `${at} INFO bye (X)`],
      ['ERROR: no such option'],
    ],
  ])('%s', (_, lines, says) => {
    expect(explainLog(lines.join('\n')).split('\n')).toEqual(says);
  });
});

describe('a log of our own programs is explained by their message', () => {
  const message = [
    'The plan contains forbidden changes; nothing was changed.',
    '! forbidden orders',
    '    partitions 6 -> 3',
    '  fix: change the catalogue',
  ];

  it('after the step that failed', () => {
    expect(explainLog(['✔ brokers  1.0 s', '✘ topics applied  0.3 s', '', ...message].join('\n'))).toBe(
      message.join('\n'),
    );
  });

  it('of the last failed step, whatever failed before and was retried', () => {
    const steps = [
      '✘ brokers answer  0.3 s',
      '',
      'Not yet.',
      '  fix: wait',
      '✔ brokers answer  0.2 s',
      '✘ topics applied  0.3 s',
    ];
    expect(explainLog([...steps, '', ...message].join('\n'))).toBe(message.join('\n'));
  });

  it('despite earlier ERROR lines of libraries', () => {
    const before = [`${at} ERROR [Connection] refused (kafkajs)`, ''];
    expect(explainLog([...before, ...message].join('\n'))).toBe(message.join('\n'));
  });

  it('without steps, and without a fix', () => {
    expect(explainLog(['metrics on port 1', '', ...message].join('\n'))).toBe(message.join('\n'));
    expect(explainLog(['✘ topics applied  0.3 s', '', 'It is so.', '  because'].join('\n'))).toBe(
      'It is so.\n  because',
    );
  });

  it('with all its problems', () => {
    const problems = [
      '/etc/x has 2 problems; nothing was registered',
      '',
      '  a = 1',
      '    wrong',
      '    allowed: 2',
      '    fix:     set it',
    ];
    const second = ['', '  b = 1', '    wrong', '    allowed: 2', '    fix:     set it'];
    expect(explainLog(['metrics on port 1', '', ...problems, ...second].join('\n'))).toBe(
      [...problems, ...second].join('\n'),
    );
  });

  it.each([
    [30, 30],
    [300, 40],
  ])('of %i lines with %i of them, and the number of the others', (lines, kept) => {
    const all = ['The plan:', ...Array.from({ length: lines - 1 }, (_, index) => `  line ${index}`)];
    const told = explainLog(['✘ topics applied  0.3 s', '', ...all].join('\n')).split('\n');
    expect(told).toHaveLength(kept);
    expect(told.at(-1)).toBe(lines === kept ? all.at(-1) : `… ${lines - kept + 1} lines more`);
  });

  it('and by the defect, if it is one', () => {
    const defect = ['TypeError: x is not a function', '    at a (/app/x.js:1:1)', '    at b (/app/x.js:2:1)'];
    expect(explainLog(['✘ topics applied  0.3 s', ...defect].join('\n'))).toBe('TypeError: x is not a function');
  });
});

describe('a log without an error', () => {
  it('is explained by its last lines, without continuation lines', () => {
    const settings = Array.from({ length: 40 }, (_, index) => `\tsetting.${index} = 1`);
    expect(explainLog(['KafkaConfig values:', ...settings, "Unknown metadata.version '9.9-IV0'."].join('\n'))).toBe(
      "KafkaConfig values:\nUnknown metadata.version '9.9-IV0'.",
    );
  });

  it('is explained by at most a dozen lines', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `step ${index}`);
    expect(explainLog(lines.join('\n'))).toBe(lines.slice(-12).join('\n'));
  });

  it('is reported as empty if it is', () => {
    expect(explainLog('\n')).toBe('it left no log');
  });
});

it('with many lines keeps the deepest cause', () => {
  const causes = Array.from({ length: 30 }, (_, index) => `Caused by: java.lang.Exception: ${index}`);
  const told = explainLog(['Exception in thread "main" java.lang.Exception', ...causes].join('\n')).split('\n');
  expect(told.length).toBeLessThanOrEqual(12);
  expect(told.at(-1)).toBe('Caused by: java.lang.Exception: 29');
});
