import type { KafkaClusterConfig } from './config';

/** The authorizer tells at this level what it denies, and to whom. */
const DENIALS = { 'kafka.authorizer.logger': 'INFO' };

/** Logs to the console only: the container runtime or the state directory keeps them, the pod's file system does not. */
export function log4j2Properties({ brokers, security }: KafkaClusterConfig): string {
  return `status=WARN
appender.console.type=Console
appender.console.name=STDOUT
appender.console.layout.type=PatternLayout
appender.console.layout.pattern=%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5p %m (%c{1})%n
rootLogger.level=${brokers.logLevel}
rootLogger.appenderRef.console.ref=STDOUT
${namedLoggers({ ...(security.mode === 'tls' && DENIALS), ...brokers.loggers })}`;
}

const namedLoggers = (loggers: Readonly<Record<string, string>>): string =>
  Object.entries(loggers)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, level], index) => `logger.${index}.name=${name}\nlogger.${index}.level=${level}\n`)
    .join('');
