import { Linter } from "eslint";
import tailrace from "eslint-plugin-tailrace";
import type { LibraryModel } from "eslint-plugin-tailrace";

// #region model
const channels: LibraryModel = {
  modules: ["@acme/channels"],
  // `createChannel({ room: 16 })` makes a pipe, which takes as many items as `room` says while nobody reads.
  exports: {
    createChannel: {
      role: "pipe",
      kind: "AcmeChannel",
      capacity: { unit: "items", size: 0, option: { argument: 0, property: "room" } },
    },
  },
  // What can be done with it: `put` waits for room, and `for await` makes it run.
  kinds: {
    AcmeChannel: {
      reads: true,
      members: { put: { role: "write", waits: true }, close: { role: "neutral" }, "@@iterate": { role: "drive" } },
      otherwise: { role: "drive" },
    },
  },
};
// #endregion

// #region use
const config: Linter.Config[] = [tailrace.configs.recommended, { settings: { tailrace: { models: [channels] } } }];

const code = `import { createChannel } from "@acme/channels";

const orders = createChannel({ room: 2 });
await orders.put("one");
await orders.put("two");
await orders.put("three");
for await (const order of orders) console.log(order);
`;

for (const { line, ruleId } of new Linter().verify(code, config)) console.log(`line ${line}: ${ruleId}`);
// prints line 6: tailrace/consume-before-produce
// #endregion
