import { ordersV1Reader } from '../samples/orders-v1-reader';
import { runService } from '../service/run-service';

runService({ name: 'orders-v1-reader', sample: ordersV1Reader, environment: process.env });
