import { poll } from '../../../waiting/poll';
import type { Metric } from '../../../monitoring/exposition';
import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { nodeWithId, type GuardSettings, type GuardedNode } from './settings';
import { allStop } from './all-stop';
import { ClusterReader } from './cluster-reader';
import { ControllerReader } from './controller-reader';
import { Formation } from './formation';
import { guardMetrics } from './guard-metrics';
import { guardServer } from './guard-server';
import { Peers } from './peers';
import type { NodeReader } from './node-reader';
import { QuorumReader } from './quorum-reader';
import { Readiness } from './readiness';
import { TEXTS } from './role-texts';
import { StopGuard } from './stop-guard';
import { ShutdownWatch } from './shutdown-watch';
import { StopVote } from './stop-vote';
import { StopsInSpite, type Cause } from './stops-in-spite';
import { SyncLatch } from './sync-latch';

const WATCH_MS = 2_000;
const SAY_EVERY_MS = 30_000;

/** How long a guard whose broker has ended tries to reach the others. */
const LINGER_MS = 3_000;
const LINGER_POLL_MS = 250;

interface GuardProps {
  readonly settings: GuardSettings;
  readonly nodeId: number;
  readonly say: (line: string) => void;
  /** Command that ends what the guard waits for, for the log. */
  readonly passCommand: string;
  /** Ends the broker at once. */
  readonly endBroker: () => void;
}

/** What runs beside one node: it tells when the node has taken its place, and when it may leave it. */
export class Guard {
  private readonly reader: NodeReader;
  private readonly quorum: QuorumReader;
  private readonly peers: Peers;
  private readonly latch: SyncLatch;
  private readonly readiness: Readiness;
  private readonly stopGuard: StopGuard;
  private readonly shutdown: ShutdownWatch;
  private readonly server: Server;
  private readonly stopsInSpite: StopsInSpite;
  private readonly passes = { stop: 0, 'catch-up': 0 };
  private readonly ended = new AbortController();
  private saidAt = 0;
  private saidState = '';

  constructor(private readonly props: GuardProps) {
    const { settings, nodeId, passCommand, say } = props;
    const vote = new StopVote();
    const { self } = this;
    const texts = self.isBroker ? TEXTS.broker : TEXTS.controller;
    this.quorum = new QuorumReader(settings);
    this.reader = self.isBroker ? new ClusterReader(settings, nodeId) : new ControllerReader(self, this.quorum);
    this.peers = new Peers(settings, { nodeId, vote, status: () => this.stopGuard.status });
    this.latch = new SyncLatch(texts);
    this.readiness = new Readiness(this.latch, this.reader, texts);
    this.shutdown = new ShutdownWatch(settings.nodes.filter(({ isController }) => isController).length);
    this.stopsInSpite = new StopsInSpite(settings);
    this.stopGuard = new StopGuard({
      nodeId,
      stopWaitMs: settings.stopWaitMs,
      passCommand,
      read: () => this.reader.read(),
      allStop: () => allStop(settings.nodes, self, this.peers),
      peers: this.peers,
      onInSpite: (cause) => void this.tellInSpite(cause),
    });
    this.server = guardServer({
      guard: this.stopGuard,
      peers: this.peers,
      vote,
      stopsInSpite: this.stopsInSpite,
      readiness: this.readiness,
      formation: this.formation(),
      metrics: () => this.metrics(),
      pass: () => this.pass(),
      say,
    });
  }

  private formation(): Formation {
    return new Formation({
      settings: this.props.settings,
      nodeId: this.props.nodeId,
      call: (node, what, schema) => this.peers.call(node, what, schema),
      hasLeader: () => this.quorum.hasLeader(),
    });
  }

  /** Serves and watches until it is closed. */
  async run(): Promise<void> {
    this.server.listen(this.self.guardPort);
    while (!this.ended.signal.aborted) {
      await this.watch();
      await delay(WATCH_MS, undefined, { signal: this.ended.signal }).catch(() => undefined);
    }
  }

  private get self(): GuardedNode {
    return nodeWithId(this.props.settings, this.props.nodeId);
  }

  /** Ends it once the others know how it stood: one that was asked to stop as well would wait for it else. */
  async leave(): Promise<void> {
    await poll(() => this.peers.refresh(), { until: Boolean, withinMs: LINGER_MS, everyMs: LINGER_POLL_MS });
    this.close();
  }

  close(): void {
    this.ended.abort();
    this.server.close();
    this.server.closeAllConnections();
  }

  private async watch(): Promise<void> {
    // Keeps their addresses known for when their names are gone.
    await this.peers.refresh();
    // A controller that is no broker waits for no answer of the quorum when it ends.
    if (this.stopGuard.status === 'leaving' && this.self.isBroker) await this.watchShutdown();
    const isUp = await this.reader.isOwnUp();
    if (!isUp) this.stopGuard.brokerEnded();
    if (this.latch.isClosed && isUp) {
      const change = await this.readiness.look();
      if (change !== undefined) this.props.say(change);
    } else {
      await this.watchStart();
    }
  }

  private async watchStart(): Promise<void> {
    const observation = await this.reader.observeSelf();
    const text = this.latch.observe(observation);
    if (observation.isServing) this.stopGuard.broughtBack();
    if (this.latch.isClosed) this.readiness.inPlace();
    const state = [this.latch.isClosed, observation.isServing].join();
    if (state === this.saidState && Date.now() - this.saidAt < SAY_EVERY_MS) return;
    this.saidAt = Date.now();
    this.saidState = state;
    this.props.say(text);
  }

  private metrics(): readonly Metric[] {
    const { latch, passes, stopGuard, stopsInSpite } = this;
    return guardMetrics({
      heldUp: stopGuard.heldUp,
      catchUp: latch.catchUp,
      passes,
      stopsInSpite: stopsInSpite.all,
    });
  }

  /** A node that is asked to stop need not become ready. */
  private pass(): string | undefined {
    if (this.stopGuard.pass()) {
      this.passes.stop += 1;
      this.props.say('an operator lets the node stop');
      return 'The node stops in spite of what holds it up.';
    }
    if (this.latch.pass()) {
      this.passes['catch-up'] += 1;
      this.props.say('an operator lets the broker be ready before it has caught up');
      return 'The broker is ready before it has caught up.';
    }
    return undefined;
  }

  private async tellInSpite(cause: Cause): Promise<void> {
    // Its own end cuts off the hook of a node that is not asked to stop by Kubernetes.
    if (this.ended.signal.aborted) return;
    this.stopsInSpite.note(this.props.nodeId, cause);
    await poll(() => this.peers.tellInSpite(cause), { until: Boolean, withinMs: LINGER_MS, everyMs: LINGER_POLL_MS });
  }

  private async watchShutdown(): Promise<void> {
    if (!this.shutdown.observe(await this.quorum.votersUp(this.props.nodeId))) return;
    this.props.say('too few voters are left to end its shutdown in an orderly way; the node is ended');
    this.props.endBroker();
  }
}
