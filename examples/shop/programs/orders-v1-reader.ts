import { ordersV1Reader } from '../src/orders-v1-reader';
import { runApplication } from '../src/process/run-application';

runApplication({ name: 'orders-v1-reader', application: ordersV1Reader, environment: process.env });
