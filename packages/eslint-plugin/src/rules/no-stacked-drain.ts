import { findStackedDrains, findUnconditionalDrains } from "@tailrace/analysis";
import type { TSESLint } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "callback" | "data" | "items" | "loop" | "method" | "unconditional";

/** Reports a listener for "drain" that each write adds again, and a wait for one that no write announced. */
export const noStackedDrain: TSESLint.RuleModule<MessageId> = createRule({
  name: "no-stacked-drain",
  meta: {
    type: "problem",
    docs: {
      description:
        'Disallow a "drain" listener for each write, and waits for a "drain" that no refused write announced',
      family: "D",
      recommended: "recommended",
    },
    schema: [],
    messages: {
      loop: '`{{listen}}` adds a listener in each turn of the loop on line {{line}}, which goes on without waiting: one "drain" then calls all of them at once, and the writes go on meanwhile. Wait in the loop instead, as `await once({{target}}, "drain")`, when a write returns `false`.',
      data: '`{{listen}}` adds a listener for each chunk that the function on line {{line}} is given, and nothing stops the chunks meanwhile: one "drain" then calls all of them at once. Pause the source before listening and resume it on "drain", or use `pipeline`.',
      items:
        '`{{listen}}` adds a listener for each item that the function on line {{line}} is given, and `forEach` goes on without waiting: one "drain" then calls all of them at once. Use a `for` loop instead, and `await once({{target}}, "drain")` in it when a write returns `false`.',
      callback:
        '`{{listen}}` adds a listener for each chunk that the method on line {{line}} is given, and nothing stops the chunks meanwhile: one "drain" then calls all of them at once. When the write returns `false`, call `{{callback}}` in that listener, not before: until then no other chunk comes.',
      method:
        '`{{listen}}` adds a listener in each call of the method on line {{line}} whose write is refused, and nothing stops the calls meanwhile: one "drain" then calls all of them at once. Add one listener, remember by a flag that it is there, and clear the flag on "drain".',
      unconditional:
        '`{{wait}}` waits for a "drain" of `{{target}}`, which follows only a write that returned `false`, but the result of `{{write}}` (line {{line}}) is not asked: a small chunk is taken at once, and the wait never ends. Wait only if the write returned `false`.',
    },
  },
  create(context) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        const resources = resourcesIn(sourceCode, /["'`]drain["'`]/u);
        if (!resources) return;
        for (const { node, target, repeatedBy } of findStackedDrains(resources)) {
          // `transform(chunk, encoding, callback)`.
          const callback = repeatedBy.kind === "method" ? repeatedBy.node.params[2] : undefined;
          context.report({
            node,
            messageId: callback ? "callback" : repeatedBy.kind,
            data: {
              listen: quote(node, sourceCode),
              target: quote(target, sourceCode),
              line: lineOf(repeatedBy.node),
              callback: callback ? quote(callback, sourceCode) : "",
            },
          });
        }
        for (const { node, target, write } of findUnconditionalDrains(resources)) {
          context.report({
            node,
            messageId: "unconditional",
            data: {
              wait: quote(node, sourceCode),
              target: quote(target, sourceCode),
              write: quote(write, sourceCode),
              line: lineOf(write),
            },
          });
        }
      },
    };
  },
});
