import { payment } from '../samples/payment';
import { runService } from '../service/run-service';

runService({ name: 'payment', sample: payment, environment: process.env });
