import { createRequire } from "node:module";
import { Project, ts } from "ts-morph";

export type Type = ts.Type;
export type Signature = ts.Signature;

/** The declarations of the installed packages, as the type checker knows them. */
export interface Declarations {
  readonly checker: ts.TypeChecker;
  /** What a class or interface extends; of an instance of a generic one, what the generic one extends. */
  readonly bases: (type: Type) => readonly Type[];
  readonly hasModule: (specifier: string) => boolean;
  /** The type of an export, by its name with dots. */
  readonly value: (specifier: string, path: string) => Type | undefined;
  /** A type by the name that it is declared with in a package, exported or not. */
  readonly type: (specifier: string, name: string) => Type | undefined;
  readonly property: (type: Type, name: string) => Type | undefined;
  /** A type without what may be missing and without type parameters, as the alternatives that it may be. */
  readonly parts: (type: Type) => readonly Type[];
  readonly signatures: (type: Type) => readonly Signature[];
  readonly parameter: (signature: Signature, index: number) => Type | undefined;
  readonly awaited: (type: Type) => Type | undefined;
}

const require = createRequire(import.meta.url);
const FILE = require.resolve("./installed/modules.ts");

export function openDeclarations(): Declarations {
  const project = new Project({
    compilerOptions: {
      strict: true,
      target: ts.ScriptTarget.ES2024,
      lib: ["lib.es2024.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts", "lib.dom.asynciterable.d.ts"],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      customConditions: ["tailrace-source"],
      types: ["node"],
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      noEmit: true,
    },
    skipAddingFilesFromTsConfig: true,
  });
  project.addSourceFileAtPath(FILE);
  const program = project.getProgram().compilerObject;
  const checker = program.getTypeChecker();
  const root = program.getSourceFile(FILE);
  if (!root) throw new Error(`${FILE} is not in the program`);
  const modules = modulesOf(root, checker);

  const resolve = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const exported = (specifier: string, name: string): ts.Symbol | undefined => {
    if (specifier === "global") return checker.resolveName(name, root, ts.SymbolFlags.All, false);
    const module = modules.get(specifier);
    if (!module) return undefined;
    const found = checker.getExportsOfModule(module).find((each) => each.name === name);
    // The default export of a CommonJS module is the module; `*` is the module as well, if it can be called.
    const whole =
      name === "default" || name === "*" ? module.exports?.get(ts.InternalSymbolName.ExportEquals) : undefined;
    const main = name === "*" ? checker.getExportsOfModule(module).find((each) => each.name === "default") : undefined;
    const assigned = module.exports?.get(ts.InternalSymbolName.ExportEquals);
    const member =
      assigned && checker.getPropertyOfType(checker.getTypeOfSymbolAtLocation(resolve(assigned), root), name);
    const symbol = found ?? whole ?? main ?? member ?? (name === "default" || name === "*" ? module : undefined);
    return symbol && resolve(symbol);
  };
  const parts = (type: Type): readonly Type[] => {
    const plain = checker.getNonNullableType(checker.getBaseConstraintOfType(type) ?? type);
    return plain.isUnion() ? plain.types.flatMap(parts) : [plain];
  };
  const property = (type: Type, name: string): Type | undefined => {
    for (const part of parts(type)) {
      const symbol = checker.getPropertyOfType(checker.getApparentType(part), name);
      if (symbol) return checker.getTypeOfSymbolAtLocation(symbol, root);
    }
    return undefined;
  };
  const value = (specifier: string, path: string): Type | undefined => {
    const [first = "", ...rest] = path.split(".");
    const symbol = exported(specifier, first);
    if (!symbol) return undefined;
    const start = checker.getTypeOfSymbolAtLocation(symbol, root);
    const steps = rest.at(-1) === "*" ? rest.slice(0, -1) : rest;
    return steps.reduce<Type | undefined>((type, name) => type && property(type, name), start);
  };

  const declared = new Map<string, Type | undefined>();
  const type = (specifier: string, name: string): Type | undefined => {
    const key = `${specifier}.${name}`;
    if (!declared.has(key)) declared.set(key, findType(specifier, name));
    return declared.get(key);
  };
  const isType = ts.SymbolFlags.Type;
  const findType = (specifier: string, name: string): Type | undefined => {
    const [first = "", ...rest] = name.split(".");
    const start = exported(specifier, first) ?? declaredIn(specifier, first);
    const end = rest.reduce<ts.Symbol | undefined>((symbol, each) => {
      const next = symbol && checker.getExportsOfModule(symbol).find((member) => member.name === each);
      return next && resolve(next);
    }, start);
    return end && end.flags & isType ? checker.getDeclaredTypeOfSymbol(end) : undefined;
  };
  // Declared by the package, and not exported under its name.
  const declaredIn = (specifier: string, name: string): ts.Symbol | undefined => {
    const module = modules.get(specifier);
    const main = [ts.InternalSymbolName.Default, ts.InternalSymbolName.ExportEquals].map((key) =>
      module?.exports?.get(key),
    );
    for (const symbol of main) {
      const own = symbol && resolve(symbol);
      if (own?.declarations?.some((each) => ts.getNameOfDeclaration(each)?.getText() === name)) return own;
    }
    for (const file of program.getSourceFiles()) {
      if (!file.fileName.includes(`/node_modules/${specifier}/`)) continue;
      for (const statement of file.statements) {
        const isNamed = ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement);
        if (isNamed && statement.name?.text === name) return checker.getSymbolAtLocation(statement.name);
      }
    }
    return undefined;
  };

  return {
    checker,
    bases: (of) => {
      const target = "target" in of ? (of.target as Type) : of;
      return target.isClassOrInterface() ? checker.getBaseTypes(target) : [];
    },
    hasModule: (specifier) => specifier === "global" || modules.has(specifier),
    value,
    type,
    property,
    parts,
    signatures: (of) =>
      parts(of).flatMap((part) => [
        ...checker.getSignaturesOfType(part, ts.SignatureKind.Call),
        ...checker.getSignaturesOfType(part, ts.SignatureKind.Construct),
      ]),
    parameter: (signature, index) => {
      const { parameters } = signature;
      const symbol = parameters[index] ?? parameters.at(-1);
      if (!symbol) return undefined;
      const of = checker.getTypeOfSymbolAtLocation(symbol, root);
      const isRest =
        symbol.valueDeclaration && ts.isParameter(symbol.valueDeclaration) && symbol.valueDeclaration.dotDotDotToken;
      if (isRest) return checker.getIndexTypeOfType(parts(of)[0] ?? of, ts.IndexKind.Number) ?? of;
      return index < parameters.length ? of : undefined;
    },
    awaited: (of) => checker.getAwaitedType(of),
  };
}

function modulesOf(root: ts.SourceFile, checker: ts.TypeChecker): ReadonlyMap<string, ts.Symbol> {
  const modules = new Map<string, ts.Symbol>();
  for (const statement of root.statements) {
    if (!ts.isInterfaceDeclaration(statement)) continue;
    for (const member of statement.members) {
      if (!ts.isPropertySignature(member) || !member.type || !ts.isImportTypeNode(member.type)) continue;
      const { argument } = member.type;
      const symbol = ts.isLiteralTypeNode(argument) ? checker.getSymbolAtLocation(argument.literal) : undefined;
      if (symbol) modules.set((member.name as ts.Identifier | ts.StringLiteral).text, symbol);
    }
  }
  return modules;
}
