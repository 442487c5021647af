import { orderService } from '../src/order-service';
import { runApplication } from '../src/process/run-application';

runApplication({ name: 'order-service', generator: orderService, environment: process.env });
