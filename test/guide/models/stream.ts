import { Linter } from "eslint";
import tailrace from "eslint-plugin-tailrace";
import type { LibraryModel } from "eslint-plugin-tailrace";

// #region model
const logs: LibraryModel = {
  modules: ["@acme/logs"],
  makes: { openLog: { gives: "Log" } },
  resources: { Log: { extends: ["stream.Writable"], events: { rotated: {} } } },
};
// #endregion

const code = `import { openLog } from "@acme/logs";

const log = openLog("orders");
export async function report() {
  for (let at = 0; ; at += 1) log.write(String(at));
}
`;

const config: Linter.Config[] = [tailrace.configs.recommended, { settings: { tailrace: { models: [logs] } } }];
for (const { line, ruleId } of new Linter().verify(code, config)) console.log(`line ${line}: ${ruleId}`);
// prints line 5: tailrace/respect-backpressure
