import { findMicrotaskSpins } from "@tailrace/analysis";
import type { MicrotaskSpin, Resources } from "@tailrace/analysis";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "deadline" | "endless" | "forever" | "loop" | "recursion";

const CANDIDATE = /\bawait\b|\bnextTick\b|\bqueueMicrotask\b|\.then\(/u;

/** Reports loops and recursions that wait by microtasks for what only the event loop brings. */
export const noMicrotaskSpin: TSESLint.RuleModule<MessageId> = createRule({
  name: "no-microtask-spin",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow waiting by microtasks for what only the event loop brings",
      family: "B",
      recommended: "recommended",
    },
    schema: [],
    messages: {
      loop: "`{{wait}}` waits for nothing that is still to come{{why}}, so each turn of this loop lets only microtasks run. `{{state}}` changes only when the event loop goes on{{change}}, and it never does: no timer fires, nothing is read. Wait for the event itself, or for `setImmediate` of `node:timers/promises` in each turn.",
      deadline:
        "`{{wait}}` waits for nothing that is still to come{{why}}, so each turn of this loop lets only microtasks run. `{{state}}` changes only when the event loop goes on{{change}}, which it does not before the time is up: the loop always lasts until then. Wait for the event itself, or for `setImmediate` of `node:timers/promises` in each turn.",
      endless:
        "`{{wait}}` waits for nothing that is still to come{{why}}, and this loop has no end: from here on only microtasks run, no timer fires, and nothing is read. Wait for what the loop works on, or for `setImmediate` of `node:timers/promises` in each turn.",
      recursion:
        "`{{wait}}` brings the next call before the event loop goes on, until `{{state}}` changes. That happens only in the event loop{{change}}, which never goes on: no timer fires, nothing is read. Wait for the event itself, or call again by `setImmediate`.",
      forever:
        "`{{wait}}` brings the next call before the event loop goes on, each time: from here on no timer fires, and nothing is read. Call again by `setImmediate`.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        const resources = resourcesIn(sourceCode, CANDIDATE);
        if (!resources) return;
        for (const spin of findMicrotaskSpins(resources)) {
          const { node, standstill } = spin;
          const change = standstill?.change ? ` (line ${lineOf(standstill.change)})` : "";
          const state = standstill ? quote(standstill.state, sourceCode) : "";
          context.report({
            node,
            messageId: messageFor(spin),
            data: { wait: quote(node, sourceCode), state, change, why: whyNothing(resources, node) },
          });
        }
      },
    };
  },
});

/** Why there is nothing to wait for, where that is easily overlooked. */
function whyNothing({ names }: Resources, node: TSESTree.Node): string {
  const awaited = node.type === T.AwaitExpression ? node.argument : node;
  const origin = awaited.type === T.CallExpression ? names.origin(awaited.callee) : undefined;
  const name = origin?.path.at(-1) ?? "";
  const isTimer = /^set(?:Immediate|Interval|Timeout)$/u.test(name);
  if (!isTimer || (origin?.module !== "global" && origin?.module !== "timers")) return "";
  return ` (this \`${name}\` returns a timer, not a promise; import it from \`node:timers/promises\`)`;
}

function messageFor({ kind, standstill }: MicrotaskSpin): MessageId {
  if (kind === "recursion") return standstill ? "recursion" : "forever";
  if (!standstill) return "endless";
  return standstill.isTimed ? "deadline" : "loop";
}
