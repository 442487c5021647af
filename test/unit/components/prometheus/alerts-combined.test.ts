import { componentsOf } from '../../../../src/platform/components';
import { parseConfig } from '../../../../src/platform/load';
import { alertRules } from '../../../../src/components/prometheus/alert-rules';
import { withValues } from '../../../../tools/support/config';
import { describeWithPromtool } from '../../../support/promtool';
import { COMBINED_AT_REST } from './alerts/at-rest';
import { evaluate, nothing } from './alerts/evaluate';

const config = parseConfig(withValues({ 'registry/replicas': 2 }));

describeWithPromtool('alerts of a cluster whose brokers are its controllers', () => {
  it('are silent while it is healthy', () => {
    evaluate(alertRules(componentsOf(config), config.monitoring), {
      courses: COMBINED_AT_REST,
      minutes: 180,
      expectations: [nothing('count_over_time(ALERTS[180m])', 180)],
    });
  });
});
