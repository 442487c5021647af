import { analytics } from '../samples/analytics';
import { runService } from '../service/run-service';

runService({ name: 'analytics', sample: analytics, environment: process.env });
