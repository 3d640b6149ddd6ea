import { Linter } from "eslint";
import tailrace from "eslint-plugin-tailrace";

// #region mistake
const models = [{ modules: ["@acme/logs"], resources: { Log: { events: { open: { once: "yes" } } } } }];

try {
  new Linter().verify("", [tailrace.configs.recommended, { settings: { tailrace: { models } } }]);
} catch (error) {
  console.log(/settings\..*/.exec((error as Error).message)?.[0]);
}
// prints settings.tailrace.models[0].resources.Log.events.open.once must be a boolean, but is "yes".
// #endregion
