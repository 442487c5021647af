/** The release of Apicurio Registry, for the container image and for the local process. */
export const APICURIO_VERSION = '3.3.3';
