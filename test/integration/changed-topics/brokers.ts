import { catalogueBrokers } from '../../support/catalogue-brokers';

/** One cluster for all tests of changed topics. */
export const brokers = catalogueBrokers();
