import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const sources = fileURLToPath(new URL("../src/", import.meta.url));
const here = fileURLToPath(new URL("./", import.meta.url));

/** The code of all examples in the comments of the sources, by a file name that says where each is from. */
function examples(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(sources, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    const blocks = readFileSync(`${sources}${file}`, "utf8").matchAll(/```ts\n(.*?)```/gs);
    for (const [index, [, block = ""]] of [...blocks].entries()) {
      const code = block.replaceAll(/^ *\* ?/gm, "");
      found.set(`${here}${file.replaceAll(/\W/g, "-")}-${index.toString()}.ts`, `${code}\nexport {};\n`);
    }
  }
  return found;
}

test("every example in the documentation compiles", { timeout: 60_000 }, () => {
  const code = examples();
  expect(code.size).toBeGreaterThan(10);
  const config = ts.findConfigFile(here, ts.sys.fileExists.bind(ts.sys)) ?? "";
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile.bind(ts.sys)).config,
    ts.sys,
    here,
  );
  const host = ts.createCompilerHost(options);
  host.fileExists = (file) => code.has(file) || ts.sys.fileExists(file);
  host.readFile = (file) => code.get(file) ?? ts.sys.readFile(file);
  const program = ts.createProgram([...code.keys()], { ...options, noEmit: true }, host);
  const faults = ts.getPreEmitDiagnostics(program).map((fault) => {
    const place = fault.file?.fileName.slice(here.length) ?? "";
    return `${place}: ${ts.flattenDiagnosticMessageText(fault.messageText, " ")}`;
  });
  expect(faults).toEqual([]);
});

test("every function and class that is exported has an example", () => {
  const program = ts.createProgram([`${sources}index.ts`], { allowImportingTsExtensions: true, noEmit: true });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(`${sources}index.ts`);
  const module = file && checker.getSymbolAtLocation(file);
  const bare =
    module &&
    checker.getExportsOfModule(module).flatMap((exported) => {
      const symbol = checker.getAliasedSymbol(exported);
      if ((symbol.flags & ts.SymbolFlags.Value) === 0) return [];
      return symbol.getJsDocTags(checker).some((tag) => tag.name === "example") ? [] : [symbol.name];
    });
  expect(bare).toEqual([]);
});
