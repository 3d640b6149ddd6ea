import { expect, test } from "vitest";
import { findStarvation } from "../../src/events/finding.ts";
import { catalogOf } from "../../src/models/catalog.ts";
import { libraries } from "../../src/models/libraries.ts";
import { openFileOf, programOf } from "../open-program.ts";

const catalog = catalogOf(libraries);

const open = `function open() {
  const { writable, readable } = new TransformStream();
  return { writer: writable.getWriter(), readable };
}`;

/** Lines of a file that starve, where it uses what another file exports. */
function linesOf(code: string, files: Readonly<Record<string, string>>): number[] {
  const own = code.includes("require(") ? "file.cjs" : "file.ts";
  return findStarvation(openFileOf(programOf({ ...files, [own]: code }), own), catalog).map(
    ({ node }) => node.loc.start.line,
  );
}

function misuse(imports: string, made: string): string {
  return `${imports}
exports.run = async () => { const { writer, readable } = ${made};
await writer.write("a");
for await (const word of readable) console.log(word); };`;
}

const named = misuse(`import { make } from "./pair.cjs";`, "make()");
const whole = misuse(`import make from "./pair.cjs";`, "make()");
const member = misuse(`import pairs from "./pair.cjs";`, "pairs.make()");
const required = misuse(`const pairs = require("./pair.cjs");`, "pairs.make()");
const taken = misuse(`const { make } = require("./pair.cjs");`, "make()");

test.for<[name: string, code: string, file: string]>([
  ["exports.name", named, `${open}\nexports.make = open;`],
  ["exports.name, required", required, `${open}\nexports.make = open;`],
  ["exports.name, taken out", taken, `${open}\nexports.make = open;`],
  ["exports.name of a function on the spot", named, `exports.make = ${open};`],
  ["module.exports.name", named, `${open}\nmodule.exports.make = open;`],
  ["module.exports.name of a function on the spot", named, `module.exports.make = ${open};`],
  ["an object", named, `${open}\nmodule.exports = { make: open };`],
  ["an object, as a whole", member, `${open}\nmodule.exports = { make: open };`],
  ["an object, required", required, `${open}\nmodule.exports = { make: open };`],
  ["an object, taken out", taken, `${open}\nmodule.exports = { make: open };`],
  ["an object of names", named, `${open.replace("open", "make")}\nmodule.exports = { make };`],
  ["an object of names, required", required, `${open.replace("open", "make")}\nmodule.exports = { make };`],
  ["an object of functions", named, `module.exports = { make: ${open} };`],
  ["an object of methods", named, `module.exports = { ${open.replace("function open", "make")} };`],
  ["an object of arrow functions", required, `module.exports = { make: ${open.replace("function open()", "() =>")} };`],
  ["a function", whole, `${open}\nmodule.exports = open;`],
  ["a function, required", misuse(`const make = require("./pair.cjs");`, "make()"), `${open}\nmodule.exports = open;`],
  ["a function on the spot", whole, `module.exports = ${open};`],
  [
    "a class",
    misuse(`import Pair from "./pair.cjs";`, "new Pair().open()"),
    `module.exports = class { ${open.replace("function ", "")} };`,
  ],
  [
    "a declared class",
    misuse(`import { Pair } from "./pair.cjs";`, "new Pair().open()"),
    `class Pair { ${open.replace("function ", "")} }\nmodule.exports = { Pair };`,
  ],
  ["a variable", named, `const make = ${open};\nmodule.exports = { make };`],
  ["a variable of another name", named, `const pair = ${open};\nmodule.exports = { make: pair };`],
  ["a default", misuse(`import make from "./pair.mjs";`, "make()"), `export default ${open}`],
])("%s of another file is followed", ([, code, file]) => {
  expect(linesOf(code, { "pair.cjs": file, "pair.mjs": file })).toEqual([3]);
});

test.for<[name: string, code: string, file: string]>([
  ["exports.name", named, `exports.make = open;`],
  ["module.exports.name", named, `module.exports.make = open;`],
  ["an object", named, `module.exports = { make: open };`],
  ["an object of names", named.replaceAll("make", "open"), `module.exports = { open };`],
  ["an object, required", required, `module.exports = { make: open };`],
  ["a function", whole, `module.exports = open;`],
])("%s of a file that has it from another one is followed", ([, code, file]) => {
  const first = `${open}\nexports.open = open;`;
  expect(
    linesOf(code, { "first.cjs": first, "pair.cjs": `const { open } = require("./first.cjs");\n${file}` }),
  ).toEqual([3]);
});

// What is declared in so much text is no helper; a file may have as much.
const much = "  // and so on\n".repeat(700);

test("a long file is followed where its functions are short", () => {
  const code = misuse(`import * as pairs from "./pair.ts";`, "pairs.open()");
  expect(linesOf(code, { "pair.ts": `export ${open}\n${much}` })).toEqual([3]);
});

test("a long function is not followed", () => {
  const code = misuse(`import { open } from "./pair.ts";`, "open()");
  expect(linesOf(code, { "pair.ts": `export ${open.replace("{", `{\n${much}`)}` })).toEqual([]);
});

test("what is neither a function nor a value is not followed", () => {
  const code = `import { Kind, open } from "./kinds.ts";
const { writable, readable } = new TransformStream();
const kept = { [Kind.Open]: readable };
await writable.getWriter().write(open);
for await (const word of kept[Kind.Open]) console.log(word);`;
  const kinds = `export enum Kind { Open }\nexport const open = Symbol("TransformStream");`;
  expect(linesOf(code, { "kinds.ts": kinds })).toEqual([4]);
});
