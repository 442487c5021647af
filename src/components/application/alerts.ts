import { minutes } from '../../validation/units';
import type { Alert } from '../../monitoring/alert';
import { up } from '../../monitoring/promql';
import { APPLICATION_JOB } from './names';

export const CLIENT_DOWN: Alert = {
  name: 'KafkaClientDown',
  expr: `${up(APPLICATION_JOB)} == 0`,
  forMs: minutes(10),
  severity: 'warning',
  summary: 'Client {{ $labels.instance }} does not answer',
  description:
    'It has the label of clients that serve metrics and has served none for 10 minutes: the client hangs, or it has the label by mistake. ' +
    'Read its log; the lag of its group shows how urgent it is.',
};
