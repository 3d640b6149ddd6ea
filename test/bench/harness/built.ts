import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../packages/tailrace/", import.meta.url));
const entry = fileURLToPath(import.meta.resolve("tailrace"));

/** Why figures cannot be those of the built package, or undefined if they can. */
export function unbuilt(): string | undefined {
  if (!entry.startsWith(`${root}dist`)) return `tailrace resolves to ${entry}, not to its build`;
  return existsSync(entry) ? undefined : "tailrace is not built";
}

/** Whether a source of a built package was changed after it was built. */
export function outdated(): boolean {
  return ["tailrace", "analysis", "eslint-plugin"].some((name) => {
    const folder = fileURLToPath(new URL(`../../../packages/${name}/`, import.meta.url));
    const built = statSync(`${folder}dist/index.js`).mtimeMs;
    return readdirSync(`${folder}src`, { recursive: true, withFileTypes: true }).some(
      (item) => item.isFile() && statSync(`${item.parentPath}/${item.name}`).mtimeMs > built,
    );
  });
}
