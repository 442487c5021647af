import { pageViewGenerator } from '../src/page-view-generator';
import { runApplication } from '../src/process/run-application';

runApplication({ name: 'page-view-generator', generator: pageViewGenerator, environment: process.env });
