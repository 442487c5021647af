import type { Dashboard } from '../monitoring/dashboard';
import type { AlertGroup } from '../monitoring/alert';
import type { Component, Metrics } from './component';

/** One allowed direction of traffic between two components. All other traffic is denied. */
export interface Flow {
  readonly from: Component;
  readonly to: Component;
  /** Name and number of the receiver's port. */
  readonly port: string;
  readonly number: number;
}

/** All allowed traffic between the components. */
export const flowsBetween = (components: readonly Component[]): readonly Flow[] =>
  components.flatMap((from) =>
    from.connectsTo.flatMap(({ to: name, port }) => {
      const to = components.find((one) => one.name === name);
      const number = to?.ports[port];
      return to === undefined || number === undefined ? [] : [{ from, to, port, number }];
    }),
  );

/** A metrics endpoint with its component. */
export interface Scraped {
  readonly component: Component;
  readonly metrics: Metrics;
}

/** All metrics endpoints of the components. */
export const scraped = (components: readonly Component[]): readonly Scraped[] =>
  components.flatMap((component) => (component.metrics ?? []).map((metrics) => ({ component, metrics })));

/** Names of the components that a deployment waits for after the brokers. */
export const awaited = (components: readonly Component[]): readonly string[] =>
  components.filter(({ isAwaited }) => isAwaited).map(({ name }) => name);

/** All alert groups of the components. Groups with the same name are merged. */
export function alertsByGroup(components: readonly Component[]): readonly AlertGroup[] {
  const groups = new Map<string, AlertGroup>();
  for (const { group, alerts, ...rest } of components.flatMap((component) => component.alerts())) {
    const known = groups.get(group)?.alerts ?? [];
    groups.set(group, { ...rest, group, alerts: [...known, ...alerts] });
  }
  return [...groups.values()];
}

export const alertNames = (components: readonly Component[]): readonly string[] =>
  alertsByGroup(components).flatMap(({ alerts }) => alerts.map(({ name }) => name));

/** All dashboards of the components. */
export const dashboardsOf = (components: readonly Component[]): readonly Dashboard[] =>
  components.flatMap(({ dashboards }) => dashboards?.() ?? []);
