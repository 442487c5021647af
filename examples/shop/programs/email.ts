import { email } from '../src/email';
import { runApplication } from '../src/process/run-application';

runApplication({ name: 'email', application: email, environment: process.env });
