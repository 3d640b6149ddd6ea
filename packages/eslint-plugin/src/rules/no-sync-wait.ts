import { findBusyLoops, findOwnServerCalls, findSleepingThreads } from "@tailrace/analysis";
import type { TSESLint } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { textParserOf } from "../parse-text.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "alone" | "deadline" | "itself" | "loop" | "message" | "output" | "server";

const CANDIDATE = /\b(?:while|for)\b|\bAtomics\b|Sync\b|\.sync\(/u;

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
      alone:
        "This thread sleeps until another one changes `{{array}}`, but when it begins to sleep no other thread that would change it has the memory{{cause}}: nothing wakes it. Give the memory to the thread that changes it before the wait, or wait with `Atomics.waitAsync`.",
      itself:
        "This thread sleeps until `{{array}}` changes, but only this thread changes it{{cause}}, in code that cannot run while it sleeps: nothing wakes it. Wait with `Atomics.waitAsync`, or let another thread change it.",
      message:
        "This thread sleeps until a worker changes `{{array}}`, but the worker does that when it gets a message which this thread sends only later{{cause}}: each waits for the other. Send it before the wait, or wait with `Atomics.waitAsync`.",
      output:
        "This thread sleeps until a worker changes `{{array}}`, but the worker does that when its output is written, which goes through this thread: each waits for the other. Let the worker change it without waiting for its output, or wait with `Atomics.waitAsync`.",
      server:
        "`{{call}}` stops this thread until the command has ended, and the command is given the address of a server that this thread serves (line {{line}}): it asks, nobody answers, and neither ever ends. Run it by the asynchronous function of that name and wait for it, or serve on another thread.",
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
        for (const { node, array, why, cause } of findSleepingThreads(resources, textParserOf(context))) {
          context.report({
            node,
            messageId: why,
            data: { array: quote(array, sourceCode), cause: cause ? ` (line ${lineOf(cause)})` : "" },
          });
        }
        for (const { node, server } of findOwnServerCalls(resources)) {
          context.report({
            node,
            messageId: "server",
            data: { call: quote(node, sourceCode), line: lineOf(server) },
          });
        }
      },
    };
  },
});
