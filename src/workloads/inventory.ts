import { inventory } from '../samples/inventory';
import { runService } from '../service/run-service';

runService({ name: 'inventory', sample: inventory, environment: process.env });
