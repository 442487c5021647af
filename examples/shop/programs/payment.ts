import { payment } from '../src/payment';
import { runApplication } from '../src/process/run-application';

runApplication({ name: 'payment', application: payment, environment: process.env });
