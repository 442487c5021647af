import { catalogueBrokers } from '../../support/catalogue-brokers';

/** One cluster for all that data may be and nobody expects. */
export const brokers = catalogueBrokers();
