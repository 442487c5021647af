/** A section of a page below a heading of the second level. */
interface Section {
  readonly title: string;
  readonly text: string;
}

/** The sections of a page, without the text before the first one. */
export const sectionsOf = (page: string): readonly Section[] =>
  page
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n');
      return { title, text: lines.join('\n') };
    });

/** The lines of all shell blocks of a page. */
export const shellCommands = (page: string): readonly string[] =>
  [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block = '']) => block.split('\n'))
    .filter((line) => line !== '');
