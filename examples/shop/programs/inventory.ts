import { inventory } from '../src/inventory';
import { runApplication } from '../src/process/run-application';

runApplication({ name: 'inventory', application: inventory, environment: process.env });
