import { findLoneNotifications, findUncheckedWakes } from "@tailrace/analysis";
import type { TSESLint } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { textParserOf } from "../parse-text.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "early" | "lock" | "recheck" | "silent" | "unchanged";

/** Reports a wait for a condition that is not tested again, and shared memory whose change and notification part. */
export const recheckAfterWake: TSESLint.RuleModule<MessageId> = createRule({
  name: "recheck-after-wake",
  meta: {
    type: "problem",
    docs: {
      description:
        "Require that a condition is tested again after a wait for it, and changed before a notification of it",
      family: "C",
      recommended: "recommended",
    },
    schema: [],
    messages: {
      recheck:
        "`{{wait}}` waits for a change of `{{state}}`, which is tested before this wait but not after it, and line {{line}} (`{{take}}`) relies on the test: another waiter or caller may have changed `{{state}}` meanwhile. Test again after each wake-up: wait in a `while` loop{{early}}.",
      lock: "`{{wait}}` waits until the lock in `{{state}}` is free, but does not take it after the wake-up: from here on two may hold it. Try to take it again after each wake-up: wait in a `while` loop.",
      unchanged:
        "This notifies those who wait for a change of shared memory (line {{line}}), but nothing changes it: a thread that begins to wait afterwards finds the old value, and sleeps for ever. Store a new value before the notification.",
      early:
        "This notifies those who wait for a change of shared memory (line {{line}}) before it is changed: a thread that begins to wait in between finds the old value, and nothing wakes it. Store the new value before the notification.",
      silent:
        "This changes shared memory on which line {{line}} waits without a timeout, but nothing ever notifies: whoever sleeps there is not woken. Call `Atomics.notify` after it.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        const resources = resourcesIn(sourceCode, /\bawait\b|\bAtomics\b/u);
        if (!resources) return;
        for (const { node, wait, state, take, early } of findUncheckedWakes(resources)) {
          context.report({
            node,
            messageId: take ? "recheck" : "lock",
            data: {
              wait: quote(wait, sourceCode),
              state: quote(state, sourceCode),
              line: take ? lineOf(take) : "",
              take: take ? quote(take, sourceCode) : "",
              early: early?.init
                ? `, on \`${quote(early.init, sourceCode)}\` itself, not on \`${quote(early.id, sourceCode)}\``
                : "",
            },
          });
        }
        if (!sourceCode.text.includes("Atomics")) return;
        for (const { kind, range, waitLine } of findLoneNotifications(resources, textParserOf(context))) {
          const [start, end] = [sourceCode.getLocFromIndex(range[0]), sourceCode.getLocFromIndex(range[1])];
          const line = waitLine === 0 ? "in a worker" : String(waitLine);
          context.report({ loc: { start, end }, messageId: kind, data: { line } });
        }
      },
    };
  },
});
