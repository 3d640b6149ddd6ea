import { ExitError, processPool, serve } from "tailrace/node";
import type { ServeContext } from "tailrace/node";

async function render(page: string, { output }: ServeContext<string>): Promise<string> {
  if (page === "endless") for (;;);
  if (page === "fatal") process.exit(3);
  await output(`half of ${page}`);
  return `<h1>${page}</h1>`;
}

if (process.argv[2] === "render") serve(render);
else {
  await using pages = processPool<string, string, string>({
    name: "pages",
    module: import.meta.url,
    args: ["render"],
    max: 2,
  });
  const print = (text: string): void => {
    console.log(text);
  };
  print(await pages.run("home", { onOutput: print }));
  await pages.run("endless", { timeout: 100 }).catch((error: unknown) => {
    print((error as Error).name);
  });
  await pages.run("fatal").catch((error: unknown) => {
    if (error instanceof ExitError) print(`ended with code ${error.exitCode}`);
  });
  print(await pages.run("about"));
}
// prints half of home
// prints <h1>home</h1>
// prints TimeoutError
// prints ended with code 3
// prints <h1>about</h1>
