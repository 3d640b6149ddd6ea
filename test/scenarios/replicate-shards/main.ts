import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const usage = `npm start                      the story, with the files of the installed typescript package
npm start -- DIRECTORY         the story, with the files of a directory
npm start -- lint PATH         lint a TypeScript or JavaScript project, directory or file, with the plugin`;

// An interrupted story still removes its files and ends its children, which it does on exit.
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));
process.stdout.once("error", () => process.exit(1)); // the reader of a pipe has gone
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const [first, second, ...more] = args;
  if (first === undefined) return tell(dirname(fileURLToPath(import.meta.resolve("typescript/package.json"))));
  if (first === "lint" && second !== undefined && more.length === 0) {
    const { lint } = await import("./lint.ts"); // ESLint and TypeScript take a second to load
    return lint(resolve(second));
  }
  if (first === "--help" || first === "-h") {
    console.log(usage);
    return 0;
  }
  const isPath = await stat(first).then(
    () => true,
    () => false,
  );
  if (isPath && second === undefined) return tell(resolve(first));
  if (first !== "lint" && second === undefined) console.error(`There is no file or directory ${first}.\n`);
  console.error(usage);
  return 2;
}

async function tell(path: string): Promise<number> {
  const { story } = await import("./story.ts");
  try {
    return (await story(path)) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
}
