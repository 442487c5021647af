import { pageViewGenerator } from '../samples/page-view-generator';
import { runService } from '../service/run-service';

runService({ name: 'page-view-generator', generator: pageViewGenerator, environment: process.env });
