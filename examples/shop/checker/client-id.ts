/** Client id of the checker. */
export const CLIENT_ID = 'shop-checker';
