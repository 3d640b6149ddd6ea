import { findLostItems, findLostWaiters } from "@tailrace/analysis";
import type { TSESLint } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "dead" | "item" | "skipped";

/** Reports items of a pool that leave its account where a check fails, and slots that go to who no longer waits. */
export const noLostSlot: TSESLint.RuleModule<MessageId> = createRule({
  name: "no-lost-slot",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow dropping an item of a pool, or a waiter for one, without passing its slot on",
      family: "E",
      recommended: "recommended",
    },
    schema: [],
    messages: {
      item: "`{{item}}` was taken out of `{{pool}}` (line {{line}}). An item {{which}} is dropped: it is not put back as in line {{putBack}}, and no other one takes its place. Each time the pool has one fewer, until all who ask for one wait for ever. {{repair}}.",
      skipped:
        "`{{waiter}}` was taken out of `{{queue}}` (line {{line}}). Where this check finds that it no longer waits, what it was to get goes to nobody: the others in the queue wait for ever. Go on to the next waiter, and where there is none, put back what it was to get.",
      dead: "This gives up the wait, but leaves the waiter in `{{queue}}`: line {{line}} later takes it out and hands it what others wait for, and nobody receives that. Take the waiter out of `{{queue}}` here, or test there whether it still waits.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        const resources = resourcesIn(sourceCode, /\.(?:delete|pop|shift|splice)\(/u);
        if (!resources) return;
        for (const { node, take, putBack, throws, isCounted } of findLostItems(resources)) {
          context.report({
            node,
            messageId: "item",
            data: {
              item: take.item.name,
              pool: quote(take.collection, sourceCode),
              line: lineOf(take.node),
              putBack: lineOf(putBack),
              which: throws ? "for which this throws" : "that does not pass this check",
              repair: isCounted
                ? "Put it back, or destroy it and count it out, so that another one can be made"
                : "Put it back, or destroy it and make another one",
            },
          });
        }
        for (const { kind, node, take } of findLostWaiters(resources)) {
          const queue = quote(take.collection, sourceCode);
          context.report({ node, messageId: kind, data: { waiter: take.item.name, queue, line: lineOf(take.node) } });
        }
      },
    };
  },
});
