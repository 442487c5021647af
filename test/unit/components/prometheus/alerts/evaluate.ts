import { testRules, type Expectation } from '../../../../support/promtool';
import type { Course, Courses } from './at-rest';

interface Evaluation {
  /** The series. */
  readonly courses: Courses;
  /** Minutes that they last. */
  readonly minutes: number;
  readonly expectations: readonly Expectation[];
}

/** Checks what Prometheus finds with these rules. */
export function evaluate(rules: string, { courses, minutes, expectations }: Evaluation): void {
  const everyMinute = Array.from({ length: minutes + 1 }, (_, minute) => minute);
  const values = (course: Course): string => everyMinute.map((minute) => course(minute)).join(' ');
  testRules(rules, {
    name: 'alerts',
    interval: '1m',
    input_series: Object.entries(courses).map(([series, course]) => ({ series, values: values(course) })),
    promql_expr_test: expectations,
  });
}

export const nothing = (expr: string, minute: number): Expectation => ({
  expr,
  eval_time: `${minute}m`,
  exp_samples: [],
});
