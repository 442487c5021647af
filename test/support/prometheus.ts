import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Platform } from '../../src/config/load';
import { alertRules } from '../../src/render/alert-rules';
import { prometheusArguments } from '../../src/render/prometheus-arguments';
import { prometheusConfig } from '../../src/render/prometheus-config';
import type { ScrapeTargets } from '../../src/render/scrape-targets';
import { freePort } from './free-port';
import { describeWith } from './on-path';

const READY_MS = 30_000;

/** Describes what a real Prometheus proves. */
export const describeWithPrometheus = (title: string, body: () => void): void =>
  describeWith('prometheus', title, body);

/** A Prometheus as process, with the platform's own files. */
export interface RunningPrometheus {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts a Prometheus in an empty directory and waits until it answers. @throws with its log when it ends instead */
export async function startPrometheus(
  config: Platform,
  targets: readonly ScrapeTargets[],
  directory: string,
): Promise<RunningPrometheus> {
  const listenAddress = `127.0.0.1:${await freePort()}`;
  const [configFile, rulesFile] = [join(directory, 'prometheus.yml'), join(directory, 'rules.yml')];
  writeFileSync(rulesFile, alertRules(config));
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
