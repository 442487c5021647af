import type { Platform } from '../config/load';

/** Logs to the console only: the container runtime or the state directory keeps them, the pod's file system does not. */
export function log4j2Properties({ brokers }: Platform): string {
  return `status=WARN
appender.console.type=Console
appender.console.name=STDOUT
appender.console.layout.type=PatternLayout
appender.console.layout.pattern=%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5p %m (%c{1})%n
rootLogger.level=${brokers.logLevel}
rootLogger.appenderRef.console.ref=STDOUT
`;
}
