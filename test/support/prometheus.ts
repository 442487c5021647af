import { componentsOf } from '../../src/platform/components';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Platform } from '../../src/platform/load';
import { alertRules } from '../../src/components/prometheus/alert-rules';
import { prometheusArguments } from '../../src/components/prometheus/arguments';
import { prometheusConfig } from '../../src/components/prometheus/prometheus-yml';
import type { Scrape } from '../../src/components/component';
import { freePort } from '../../tools/support/free-port';
import { describeWith } from './on-path';

const READY_MS = 30_000;

/** Describes tests with a real Prometheus. */
export const describeWithPrometheus = (title: string, body: () => void): void =>
  describeWith('prometheus', title, body);

/** A Prometheus process with the platform's own files. */
export interface RunningPrometheus {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a Prometheus in an empty directory and waits until it answers.
 * @param rules @default the rules of the configuration
 * @throws with its log if it ends first
 */
export async function startPrometheus(
  config: Platform,
  targets: readonly Scrape[],
  directory: string,
  rules = alertRules(componentsOf(config), config.monitoring),
): Promise<RunningPrometheus> {
  const listenAddress = `127.0.0.1:${await freePort()}`;
  const [configFile, rulesFile] = [join(directory, 'prometheus.yml'), join(directory, 'rules.yml')];
  writeFileSync(rulesFile, rules);
  writeFileSync(configFile, prometheusConfig(config, targets, [rulesFile]));
  const args = prometheusArguments(config, { configFile, dataDirectory: join(directory, 'data'), listenAddress });
  const child = spawn('prometheus', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(join(directory, 'prometheus.log'));
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const url = `http://${listenAddress}`;
  await answering(child, `${url}/-/ready`);
  return { url, stop: () => stop(child) };
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (
    !(await fetch(url).then(
      (response) => response.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`prometheus ended with ${child.exitCode}: see prometheus.log`);
    if (Date.now() > deadline) throw new Error(`prometheus does not answer within ${READY_MS / 1_000} s`);
    await delay(100);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
