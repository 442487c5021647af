import { UserError } from '../console/user-error';

throw new UserError('order-service is not written yet.', 'leave it out: set its replicas to 0');
