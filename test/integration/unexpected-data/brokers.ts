import { catalogueBrokers } from '../../support/catalogue-brokers';

/** One cluster for all tests of unexpected data. */
export const brokers = catalogueBrokers();
