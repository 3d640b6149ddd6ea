import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PACKAGES = ["tailrace", "analysis", "eslint-plugin"].map((name) => {
  const folder = fileURLToPath(new URL(`../../../packages/${name}/`, import.meta.url));
  return { name, sources: `${folder}src`, entry: `${folder}dist/index.js` };
});

/** Why figures cannot be those of the built packages, or undefined if they can. */
export function unbuilt(): string | undefined {
  const found = fileURLToPath(import.meta.resolve("tailrace"));
  if (!PACKAGES.some(({ entry }) => entry === found)) return `tailrace resolves to ${found}, not to its build`;
  const missing = PACKAGES.find(({ entry }) => !existsSync(entry));
  return missing && `packages/${missing.name} is not built`;
}

/** Whether a source of a built package was changed after it was built. */
export function outdated(): boolean {
  return PACKAGES.some(({ sources, entry }) => {
    const built = statSync(entry).mtimeMs;
    return readdirSync(sources, { recursive: true, withFileTypes: true }).some(
      (item) => item.isFile() && statSync(`${item.parentPath}/${item.name}`).mtimeMs > built,
    );
  });
}
