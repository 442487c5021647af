import packageFile from '../../package.json';

/** Folder of the runbooks in the repository; each runbook is `<alert>.md`. */
export const RUNBOOK_FOLDER = 'docs/runbooks';

/** The fields of `package.json` that name the repository. */
export interface RepositoryOfPackage {
  readonly repository?: string | { readonly url: string };
}

/**
 * Default base address of the runbooks: the folder in the repository named by `package.json`, on the default branch, in
 * the form of GitHub and GitLab. Without a repository it is the path in a checkout, which is no link but identifies the
 * file.
 */
export function runbooksOf({ repository }: RepositoryOfPackage): string {
  const url = typeof repository === 'string' ? repository : repository?.url;
  if (url === undefined) return RUNBOOK_FOLDER;
  return `${browsable(url)}/blob/HEAD/${RUNBOOK_FOLDER}`;
}

export const DEFAULT_RUNBOOKS = runbooksOf(packageFile as RepositoryOfPackage);

export const runbookUrl = (folder: string, alert: string): string => `${folder}/${alert}.md`;

/** `git+https://host/path.git`, `git@host:path.git` and `github:path` -> `https://host/path`. */
const browsable = (url: string): string =>
  url
    .replace(/^git\+/, '')
    .replace(/^(ssh:\/\/)?git@([^:/]+)[:/]/, 'https://$2/')
    .replace(/^git:\/\//, 'https://')
    .replace(/^(github|gitlab):(?!\/\/)/, 'https://$1.com/')
    .replace(/^(?=[\w.-]+\/[\w.-]+$)/, 'https://github.com/')
    .replace(/(\.git)?\/?$/, '');
