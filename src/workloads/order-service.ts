import { orderService } from '../samples/order-service';
import { runService } from '../service/run-service';

runService({ name: 'order-service', generator: orderService, environment: process.env });
