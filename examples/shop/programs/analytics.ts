import { analytics } from '../src/analytics';
import { runApplication } from '../src/process/run-application';

runApplication({ name: 'analytics', application: analytics, environment: process.env });
