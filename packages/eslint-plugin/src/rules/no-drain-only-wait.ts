import { findEndlessDrains } from "@tailrace/analysis";
import type { TSESLint } from "@typescript-eslint/utils";
import { createRule, strictOption } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "given" | "peer";

/** Reports a wait for "drain" alone of something that may close instead. */
export const noDrainOnlyWait: TSESLint.RuleModule<MessageId, [{ strict: boolean }]> = createRule({
  name: "no-drain-only-wait",
  meta: {
    type: "problem",
    docs: {
      description: 'Require that a wait for "drain" also ends when the other side closes',
      family: "D",
      recommended: "recommended",
    },
    schema: [strictOption('Also report promises without an "error" or "close" over any stream given from outside.')],
    defaultOptions: [{ strict: false }],
    messages: {
      peer: '`{{wait}}`{{made}} waits for "drain" alone. When the other side goes away while the buffer is full, `{{target}}` emits "close" and never "drain", so that this wait never ends. Use `pipeline`, which fails then, or end the wait on "close" as well, and stop writing then (leave the loop, or reject): no event follows "close".',
      given:
        '`{{wait}}`{{made}} waits for "drain" alone. When `{{target}}` fails or is destroyed, it emits "error" or "close" and never "drain", so that this wait never ends. Use `pipeline`, which fails then, or settle the promise on "close" as well, and stop writing then (leave the loop, or reject): no event follows "close".',
    },
  },
  create(context, [{ strict }]) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        const resources = resourcesIn(sourceCode, /["'`]drain["'`]/u);
        if (!resources) return;
        for (const { node, target, peer, made } of findEndlessDrains(resources, { strict })) {
          context.report({
            node,
            messageId: peer ? "peer" : "given",
            data: {
              wait: quote(node, sourceCode),
              made: made ? ` (its promise is made on line ${lineOf(made)})` : "",
              target: quote(target, sourceCode),
            },
          });
        }
      },
    };
  },
});
