import { findDoubleAdds, findOverlappingRuns, findRequeuedWaiters } from "@tailrace/analysis";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESLint } from "@typescript-eslint/utils";
import { createRule, strictOption } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "dropped" | "endless" | "queued" | "replaced" | "twice";

// What repeats by itself; what adds to a queue of waiters; what runs a queue.
const CANDIDATE = /\bsetInterval\b|\bcron(?:er)?\b|\bnode-schedule\b|\bPromise\b|\.\s*(?:push|unshift|enqueue)\s*\(/u;

/** Reports runs, waiters and items that are queued again while they are queued already. */
export const noDoubleSchedule: TSESLint.RuleModule<MessageId, [{ strict: boolean }]> = createRule({
  name: "no-double-schedule",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow queueing a run, a waiter or an item again while it is still queued",
      family: "D",
      recommended: "recommended",
    },
    schema: [
      strictOption(
        "Also report intervals, and jobs of each minute, whose asynchronous runs wait without a deadline, and so may overlap.",
      ),
    ],
    defaultOptions: [{ strict: false }],
    messages: {
      queued:
        "Each tick of `{{timer}}` begins a run that waits at line {{line}} (`{{wait}}`) behind those that have not ended: when one takes longer than the time between two ticks, runs pile up. Skip a tick while a run goes on{{guard}}, or schedule the next run when this one has ended.",
      endless:
        "Each tick of `{{timer}}` begins a run, whether or not the one before has ended, and nothing bounds the wait at line {{line}} (`{{wait}}`): when it takes longer than the time between two ticks, runs overlap and pile up. Skip a tick while a run goes on{{guard}}, or schedule the next run when this one has ended.",
      replaced:
        "`{{ask}}` takes another place in `{{queue}}`, and the promise of the place taken {{when}} is forgotten: when that is served, its turn goes to nobody, and somebody who waits goes without. Keep the promise of the first place and do not ask again, or take its waiter out of the queue before you do.",
      dropped:
        "`{{ask}}` takes a place in `{{queue}}`, but its promise is dropped, and another place is taken then: when this one is served, its turn goes to nobody, and somebody who waits goes without. Keep the promise of the first place and do not ask again, or take its waiter out of the queue before you do.",
      twice:
        "`{{add}}` adds to `{{queue}}` what the loop may have put back already (line {{line}}): it is then served twice, and when it is removed, a copy stays. Test first whether it is queued, or use a `Set`.",
    },
  },
  create(context, [{ strict }]) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        const resources = resourcesIn(sourceCode, CANDIDATE);
        if (!resources) return;
        for (const { node, kind, wait, guard } of findOverlappingRuns(resources, { strict })) {
          context.report({
            node,
            messageId: kind,
            data: {
              timer: quote(node.callee, sourceCode),
              line: lineOf(wait),
              wait: quote(wait, sourceCode),
              guard: guard === undefined ? "" : ` (\`${guard}: true\`)`,
            },
          });
        }
        for (const { node, earlier, queue } of findRequeuedWaiters(resources)) {
          context.report({
            node,
            messageId: node === earlier && node.parent.type !== T.AssignmentExpression ? "dropped" : "replaced",
            data: {
              ask: quote(node, sourceCode),
              queue: quote(queue, sourceCode),
              when: node === earlier ? "in the turn of the loop before" : `on line ${lineOf(earlier)}`,
            },
          });
        }
        for (const { node, queue, back } of findDoubleAdds(resources)) {
          const data = { add: quote(node, sourceCode), queue: quote(queue, sourceCode), line: lineOf(back) };
          context.report({ node, messageId: "twice", data });
        }
      },
    };
  },
});
