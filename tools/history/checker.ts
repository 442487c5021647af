import { GROUPS, type Account, type Acknowledged, type Group, type History, type Report } from './history';

interface Counts {
  readonly handled: number;
  readonly deadLettered: number;
  /** Records that were only reported as missing. */
  readonly reported: number;
  /** Records deleted with their topic while the group was stopped. */
  readonly deletedUnseen: number;
}

/** Violations that must not occur in a history; each entry is one sentence. */
export interface Verdict {
  readonly acknowledged: number;
  /** Outcomes of the acknowledged records, by group. */
  readonly counts: Readonly<Record<Group, Counts>>;
  readonly anomalies: readonly string[];
}

/**
 * Checks for each group that every acknowledged record was handled, is a dead letter record, or was reported as
 * missing.
 */
export function check(history: History): Verdict {
  const incarnationOf = new Map(history.acknowledged.map(({ id, incarnation }) => [id, incarnation]));
  const anomalies: string[] = [];
  const counts = {} as Record<Group, Counts>;
  for (const group of GROUPS) {
    const account = history.accounts[group];
    const [handled, deadLettered] = [new Set(account.handled), new Set(account.deadLettered)];
    const unaccounted = history.acknowledged.filter(({ id }) => !handled.has(id) && !deadLettered.has(id));
    const isReported = reportedIn(account, incarnationOf);
    const unreported = unaccounted.filter((record) => !isReported(record));
    const absent = new Set(history.absences.filter((one) => one.group === group).map(({ incarnation }) => incarnation));
    const lost = unreported.filter(({ incarnation }) => !absent.has(incarnation));
    counts[group] = {
      handled: handled.size,
      deadLettered: deadLettered.size,
      reported: unaccounted.length - unreported.length,
      deletedUnseen: unreported.length - lost.length,
    };
    anomalies.push(
      ...lost.map((record) => `${group}: lost ${describe(record)}`),
      ...phantoms(history, [...handled, ...deadLettered]).map((id) => `${group}: phantom ${id}`),
      ...(group === 'exactly-once' ? duplicates(account).map((id) => `${group}: duplicate ${id}`) : []),
      ...account.reports
        .filter((report) => isFalse(history, report))
        .map((report) => `${group}: false ${told(report)}`),
    );
  }
  return { acknowledged: history.acknowledged.length, counts, anomalies };
}

/** Whether a report of the group includes the record. */
function reportedIn(
  { reports, given }: Account,
  incarnationOf: ReadonlyMap<number, number>,
): (record: Acknowledged) => boolean {
  // The log that the group's position belonged to at the time of the report: the newest log from which it had received
  // a record.
  const positions = reports.map(({ given: count }) =>
    given.slice(0, count).reduce((newest, id) => Math.max(newest, incarnationOf.get(id) ?? -1), -1),
  );
  return (record) =>
    reports.some((report, index) => {
      if (report.partition !== record.partition) return false;
      if (report.reason === 'log-starts-later')
        return report.incarnation === record.incarnation && report.from <= record.offset && record.offset < report.to;
      const isOfDeletedTopic = record.incarnation < report.incarnation;
      return isOfDeletedTopic && (record.incarnation > (positions[index] ?? -1) || record.offset >= report.from);
    });
}

/** A report of records that were not deleted. */
function isFalse({ deletions }: History, { reason, incarnation, partition, to }: Report): boolean {
  if (reason !== 'log-starts-later') return incarnation === 0;
  return !deletions.some(
    (deletion) => deletion.incarnation === incarnation && deletion.partition === partition && to <= deletion.below,
  );
}

const phantoms = ({ sent, aborted }: History, ids: readonly number[]): readonly number[] => [
  ...new Set(ids.filter((id) => !sent.has(id) || aborted.has(id))),
];

function duplicates({ handled, deadLettered }: Account): readonly number[] {
  const seen = new Set<number>();
  return [...handled, ...deadLettered].filter((id) => seen.size === seen.add(id).size);
}

const describe = ({ id, incarnation, partition, offset }: Acknowledged): string =>
  `${id} at ${partition}:${offset} of incarnation ${incarnation}`;

const told = ({ reason, partition, from, to, incarnation }: Report): string =>
  `report ${reason} of ${partition}:${from}-${to} in incarnation ${incarnation}`;

/** One line for each group. */
export const describeCounts = ({ acknowledged, counts }: Verdict): string =>
  [
    `${acknowledged} acknowledged`,
    ...GROUPS.map((group) => {
      const { handled, deadLettered, reported, deletedUnseen } = counts[group];
      return (
        `  ${group}: ${handled} handled, ${deadLettered} dead letter records, ${reported} reported missing, ` +
        `${deletedUnseen} deleted with the topic while the group was stopped`
      );
    }),
  ].join('\n');
