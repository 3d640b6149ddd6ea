import { assertSettings, catalogOf, libraries } from "@tailrace/analysis";
import type { Catalog, LibraryModel } from "@tailrace/analysis";
import type { TSESLint } from "@typescript-eslint/utils";

const applied = new WeakMap<TSESLint.SourceCode, readonly LibraryModel[]>();
const checked = new WeakMap<object, readonly LibraryModel[]>();
const catalogs = new WeakMap<readonly LibraryModel[], Catalog>();
let ours: Catalog | undefined;

/** Notes `settings.tailrace` for the file that a rule looks at. Throws an error that names what is wrong in it. */
export function applySettings({
  settings,
  sourceCode,
}: Readonly<Pick<TSESLint.RuleContext<string, readonly unknown[]>, "settings" | "sourceCode">>): void {
  const { tailrace } = settings;
  if (tailrace === undefined) {
    applied.delete(sourceCode);
    return;
  }
  applied.set(sourceCode, modelsOf(tailrace));
}

function modelsOf(settings: unknown): readonly LibraryModel[] {
  const known = checked.get(settings as object);
  if (known) return known;
  assertSettings(settings, "settings.tailrace");
  const { models = [] } = settings;
  checked.set(settings, models);
  return models;
}

/** Everything that is known of libraries for a file: ours, and what its settings add. */
export function catalogIn(sourceCode: Readonly<TSESLint.SourceCode>): Catalog {
  const models = applied.get(sourceCode);
  if (!models?.length) {
    ours ??= catalogOf(libraries);
    return ours;
  }
  let catalog = catalogs.get(models);
  if (!catalog) {
    catalog = catalogOf([...libraries, ...models]);
    catalogs.set(models, catalog);
  }
  return catalog;
}

/** Whether the file may use what only its settings describe, so that its text does not show what may be found in it. */
export function mayUseSettings(sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const models = applied.get(sourceCode) ?? [];
  // With types, what another file made is known without a word of it here.
  if (models.length > 0 && sourceCode.parserServices?.program) return true;
  return models
    .flatMap(({ modules }) => modules)
    .some((module) => module === "global" || sourceCode.text.includes(module));
}
