/** Options of a JVM that is to start fast on few cores: no second compiler, no concurrent collector. */
export const QUICK_START = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
