/** What the transform under test reads and writes; it keeps the number of the partition. */
export const INPUT = 'customers';
export const OUTPUT = 'page-view-counts';
