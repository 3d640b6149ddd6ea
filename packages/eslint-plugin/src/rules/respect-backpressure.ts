import { findUnheededPushes, findUnheededWrites } from "@tailrace/analysis";
import type { UnheededWrite } from "@tailrace/analysis";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { createRule, strictOption } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "events" | "list" | "loop" | "push" | "source";

const BUFFERS =
  "`{{target}}` says by `false` that it is full, and keeps in memory all that is written all the same, without bound where its reader is slower";

/** Reports a write in a loop or a `data` listener whose result, "full", nobody looks at. */
export const respectBackpressure: TSESLint.RuleModule<MessageId, [{ strict: boolean }]> = createRule({
  name: "respect-backpressure",
  meta: {
    type: "problem",
    docs: {
      description: "Require that what produces data without end waits when a writable stream is full",
      family: "D",
      recommended: "recommended",
    },
    schema: [strictOption("Also report writes for each item of a list, and `push()` in an endless loop of `read()`.")],
    defaultOptions: [{ strict: false }],
    messages: {
      source: `The result of \`{{write}}\` is ignored in the loop on line {{line}}, which takes the next item from its source without waiting: ${BUFFERS}. Use \`pipeline(source, {{target}})\`, or wait for "drain" or "close" when a write returns \`false\`.`,
      loop: `The result of \`{{write}}\` is ignored in the loop on line {{line}}, which makes data as fast as it can: ${BUFFERS}. Wait for "drain" or "close" when a write returns \`false\`, or make the data in a generator and use \`pipeline(generator, {{target}})\`.`,
      events: `The result of \`{{write}}\` is ignored in the listener on line {{line}}, and its source is never paused: ${BUFFERS}. Use \`pipeline(source, {{target}})\`, or pause the source when a write returns \`false\` and resume it on "drain".`,
      list: `The result of \`{{write}}\` is ignored for each item of the list (line {{line}}): ${BUFFERS}. Use \`pipeline(Readable.from(items), {{target}})\`, or wait for "drain" or "close" when a write returns \`false\`.`,
      push: "The result of `{{write}}` is ignored in a loop without end: `push()` says by `false` that the stream is full, so that all of it is kept in memory before anybody can read. Return from `read()` when `push()` returns `false`: it is called again when there is room.",
    },
  },
  create(context, [options]) {
    const { sourceCode } = context;
    const report = (node: TSESTree.Node, messageId: MessageId, at: TSESTree.Node, target: TSESTree.Node): void => {
      const data = { write: quote(node, sourceCode), line: lineOf(at), target: quote(target, sourceCode) };
      context.report({ node, messageId, data });
    };
    return {
      "Program:exit"() {
        const resources = resourcesIn(sourceCode, /\.\s*(?:write|push)\s*\(/u);
        if (!resources) return;
        const writes: UnheededWrite[] = findUnheededWrites(resources, options);
        for (const { node, origin, repeatedBy, target } of writes) report(node, origin, repeatedBy, target);
        for (const push of findUnheededPushes(resources, options)) report(push, "push", push, push);
      },
    };
  },
});
