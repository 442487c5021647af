import { catalogueBrokers } from '../../support/catalogue-brokers';

/** One cluster for all that happens to topics. */
export const brokers = catalogueBrokers();
