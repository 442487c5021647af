import { email } from '../samples/email';
import { runService } from '../service/run-service';

runService({ name: 'email', sample: email, environment: process.env });
