/** JVM options for a fast start on few cores: no second compiler, no concurrent garbage collector. */
export const QUICK_START = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
