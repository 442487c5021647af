/** Input and output of the transform under test; records keep their partition number. */
export const INPUT = 'customers';
export const OUTPUT = 'page-view-counts';
