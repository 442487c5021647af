import ts from 'typescript';
import { UserError } from '../../src/validation/user-error';

/** Documentation of a setting, taken from its comment. */
export interface SettingDoc {
  readonly description: string;
  /** `@default` of the comment. */
  readonly fallback: string | undefined;
  /** Documentation of the members of an object, or of the elements of a list or record. */
  readonly members: SettingDocs;
}

export type SettingDocs = (name: string) => SettingDoc | undefined;

const FILE = 'src/platform/schema.ts';
const TYPE = 'PlatformInput';

/**
 * The comments of all settings, found through the type of a configuration, as in an editor. A description that is
 * missing here is also missing in editors.
 */
export function settingDocs(): SettingDocs {
  const read = (path: string): string | undefined => ts.sys.readFile(path);
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile('tsconfig.json', read).config, ts.sys, '.');
  const program = ts.createProgram([FILE], options);
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(FILE);
  const module = file && checker.getSymbolAtLocation(file);
  const input = module && checker.getExportsOfModule(module).find(({ name }) => name === TYPE);
  if (input === undefined) throw new UserError(`${FILE} exports no type ${TYPE}.`);
  return membersOf(checker, checker.getDeclaredTypeOfSymbol(input));
}

function membersOf(checker: ts.TypeChecker, type: ts.Type): SettingDocs {
  const given = checker.getNonNullableType(type);
  const held = [ts.IndexKind.Number, ts.IndexKind.String].map((kind) => checker.getIndexTypeOfType(given, kind));
  const holder = held.find((one) => one !== undefined) ?? given;
  return (name) => {
    const symbol = checker.getPropertyOfType(holder, name);
    if (symbol === undefined) return undefined;
    const fallback = symbol.getJsDocTags(checker).find((tag) => tag.name === 'default')?.text;
    return {
      description: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
      fallback: fallback && ts.displayPartsToString(fallback),
      members: membersOf(checker, checker.getTypeOfSymbol(symbol)),
    };
  };
}
