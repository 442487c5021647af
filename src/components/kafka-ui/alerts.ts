import type { KafkaUiConfig } from './config';
import { minutes } from '../../validation/units';
import type { AlertGroup } from '../../monitoring/alert';
import { look } from '../../monitoring/look';
import { answering } from '../../monitoring/promql';
import { KAFKA_UI } from './names';

export const kafkaUiAlerts = (config: KafkaUiConfig): readonly AlertGroup[] => [
  {
    group: 'components',
    alerts: [
      {
        name: 'KafkaUiDown',
        expr: `${answering(KAFKA_UI)} == 0`,
        forMs: minutes(15),
        severity: 'warning',
        summary: 'Kafka UI does not answer',
        description: `No client depends on it. ${look(config, KAFKA_UI)}`,
      },
    ],
  },
];
