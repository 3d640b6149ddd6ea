import type { ApiModel, LibraryModel } from "./model.ts";

/** Functions that print or compare their arguments. */
export const printing: LibraryModel = {
  modules: ["global", "console", "util", "assert", "assert/strict"],
  exports: Object.fromEntries(
    [
      "console.*",
      "String",
      "Boolean",
      "Number",
      "inspect",
      "isDeepStrictEqual",
      "default",
      "default.*",
      "ok",
      "equal",
      "strictEqual",
    ].map((name): [string, ApiModel] => [name, { role: "neutral" }]),
  ),
};
