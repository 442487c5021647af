/** One block of PEM, such as a certificate. */
export interface PemBlock {
  /** What it holds: `CERTIFICATE`, `EC PRIVATE KEY`. */
  readonly label: string;
  readonly text: string;
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----/gs;

/** All blocks in a text, which may have other lines between them. */
export const pemBlocks = (text: string): readonly PemBlock[] =>
  [...text.matchAll(BLOCK)].map(([text, label = '']) => ({ label, text }));

/** What a text has in place of the PEM that was expected, to continue `no certificate in PEM`. */
export function foundInstead(blocks: readonly PemBlock[]): string {
  const labels = new Set(blocks.map(({ label }) => label));
  return labels.size === 0 ? '' : ` but ${[...labels].join(', ')}`;
}
