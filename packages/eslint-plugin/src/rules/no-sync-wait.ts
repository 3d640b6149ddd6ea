import { findBusyLoops } from "@tailrace/analysis";
import type { TSESLint } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "deadline" | "loop";

const CANDIDATE = /\b(?:while|for)\b|\bAtomics\b|Sync\b/u;

/** Reports waits that stop the thread on which alone that can happen for which they wait. */
export const noSyncWait: TSESLint.RuleModule<MessageId> = createRule({
  name: "no-sync-wait",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow stopping the thread that has to bring what is waited for",
      family: "B",
      recommended: "recommended",
    },
    schema: [],
    messages: {
      loop: "This loop waits for a change of `{{state}}`, which comes only when the event loop goes on{{change}}, and the event loop waits for this loop: neither ever ends. Make the function asynchronous and wait for the event or the promise instead.",
      deadline:
        "This loop waits for a change of `{{state}}`, which comes only when the event loop goes on{{change}}, and the event loop waits for this loop: it always lasts until its time is up. Make the function asynchronous and wait for the event or the promise instead.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        const resources = resourcesIn(sourceCode, CANDIDATE);
        if (!resources) return;
        for (const { node, state, change, isTimed } of findBusyLoops(resources)) {
          context.report({
            node,
            messageId: isTimed ? "deadline" : "loop",
            data: { state: quote(state, sourceCode), change: change ? ` (line ${lineOf(change)})` : "" },
          });
        }
      },
    };
  },
});
