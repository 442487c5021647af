import { z } from 'zod';
import { duration, image, millicores, size, wholeNumber } from '../../validation/fields';
import { zoneName } from '../../kubernetes/scheduling-props';
import { gibibytes, mebibytes, minutes, seconds } from '../../validation/units';

const command = () => z.array(z.string().min(1)).min(1).meta({ allowed: 'a program and its arguments, as a list' });

const topicNames = () => z.array(z.string().min(1)).default([]);

const httpPath = () =>
  z
    .string()
    .regex(/^\/[\w./-]*$/, 'this is not an HTTP path')
    .meta({ allowed: 'a path that begins with /' });

/**
 * A client that is deployed with the platform. Environment variables tell it where it runs: `KAFKA_BOOTSTRAP_SERVERS`,
 * `KAFKA_TLS_CA_FILE`, `KAFKA_USERNAME` and `KAFKA_PASSWORD_FILE` (where brokers ask who connects), `SCHEMA_REGISTRY_URL` (with
 * `registry`), `KAFKA_RACK_ID` (with `zone`), `SERVICE_PORT` (if it answers over HTTP), `SERVICE_HOST` (the only address that it may
 * listen on; local only), `INSTANCE` (a name that no other replica has) and `SHUTDOWN_MS`.
 */
export const applicationSchema = z.strictObject({
  /** Container image. */
  image: image(),
  /** Program and arguments in the container. @default the entry point of the image */
  command: command().optional(),
  /**
   * Program and arguments of the local process, relative to the root of the project; `node` is the Node.js that runs
   * the platform. @default the application does not run locally
   */
  localCommand: command().optional(),
  /** Number of pods; 0 leaves the application out. Locally there is always one process. */
  replicas: wholeNumber({ min: 0, max: 100 }).default(1),
  /** Memory request and limit. */
  memory: size({ min: mebibytes(16), max: gibibytes(64) }).default(mebibytes(192)),
  /** CPU request. */
  cpuMillicores: millicores({ min: 1, max: 64_000 }).default(50),
  /** Time to finish work in progress after SIGTERM. */
  shutdownMs: duration({ min: seconds(1), max: minutes(10) }).default(seconds(20)),
  /** Topics that the application reads; they must exist. */
  reads: topicNames(),
  /** Topics that the application writes; they must exist. */
  writes: topicNames(),
  /** Consumer group, whose members share the partitions. @default none */
  group: z.string().min(1).meta({ allowed: 'the id of a consumer group' }).optional(),
  /** Whether the application needs the schema registry. */
  registry: z.boolean().meta({ allowed: 'true or false' }).default(false),
  /**
   * Environment variables in addition to those of the platform. They are part of the manifests and must not contain
   * secrets.
   */
  environment: z.record(z.string(), z.string()).meta({ allowed: 'texts by the names of variables' }).default({}),
  /**
   * Zone in which its pods run, whatever `scheduling` says of the zone. The application gets it as `KAFKA_RACK_ID`, for consumers
   * that read from the replica in their rack. @default any zone, and no `KAFKA_RACK_ID`
   */
  zone: zoneName().optional(),
  /** Whether the application serves Prometheus metrics at `/metrics` on `monitoring.clientPort`. */
  metrics: z.boolean().meta({ allowed: 'true or false' }).default(true),
  /** Path that returns status 200 while the application is able to work (readiness probe). */
  readyPath: httpPath().default('/readyz'),
  /** Path that returns status 200 unless the application must be restarted (liveness probe). */
  alivePath: httpPath().default('/healthz'),
});

/** Applications by the names of their Deployments and local processes. */
export const applicationsSchema = z
  .record(z.string(), applicationSchema)
  .meta({ allowed: 'applications by their names' })
  .default({});

/** An application as written in a configuration. */
export type ApplicationInput = z.input<typeof applicationSchema>;

/** With every default applied. */
export type ApplicationSettings = z.output<typeof applicationSchema>;

export type ApplicationsProps = z.output<typeof applicationsSchema>;
