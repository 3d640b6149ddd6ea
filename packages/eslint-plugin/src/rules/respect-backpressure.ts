import { findUnheededPushes, findUnheededWrites } from "@tailrace/analysis";
import type { UnheededWrite } from "@tailrace/analysis";
import type { TSESLint } from "@typescript-eslint/utils";
import { createRule, strictOption } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "events" | "list" | "loop" | "push" | "source";

const BUFFERS =
  "`{{target}}.write()` returns `false` when the buffer is full, and what is written anyway piles up in memory, without bound where the reader is slower";
const WAIT = 'when a write returns `false`, wait for "drain" or "close", and stop writing after "close"';

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
      source: `{{ignored}} in the loop on line {{line}}, which takes the next item from its source without waiting for \`{{target}}\`: ${BUFFERS}. Use \`pipeline(source, {{target}})\`, or, ${WAIT}.`,
      loop: `{{ignored}} in the loop on line {{line}}, which makes data as fast as it can: ${BUFFERS}. Make the data in a generator and use \`pipeline(generator, {{target}})\`, or, ${WAIT}.`,
      events: `{{ignored}} in the listener on line {{line}}, and its source is never paused: ${BUFFERS}. Use \`pipeline(source, {{target}})\`, or pause the source when a write returns \`false\` and resume it on "drain".`,
      list: `{{ignored}} for each item of the list (line {{line}}): ${BUFFERS}. Use \`pipeline(Readable.from(items), {{target}})\`, or, ${WAIT}.`,
      push: "The result of `{{write}}` is ignored in a loop without end: `push()` returns `false` when the buffer is full, and all that is pushed anyway is in memory before anybody can read it. Return from `{{method}}()` when `push()` returns `false`: Node calls it again when there is room.",
    },
  },
  create(context, [options]) {
    const { sourceCode } = context;
    const reportWrite = ({ node, origin, repeatedBy, target, awaited }: UnheededWrite): void => {
      const write = quote(node, sourceCode);
      const ignored = awaited
        ? `\`await ${write}\` waits for nothing (\`write()\` returns a boolean, no promise)`
        : `The result of \`${write}\` is ignored`;
      const data = { ignored, line: lineOf(repeatedBy), target: quote(target, sourceCode) };
      context.report({ node, messageId: origin, data });
    };
    return {
      "Program:exit"() {
        const resources = resourcesIn(sourceCode, /\.\s*(?:write|push)\s*\(/u);
        if (!resources) return;
        for (const write of findUnheededWrites(resources, options)) reportWrite(write);
        for (const { node, method } of findUnheededPushes(resources, options)) {
          context.report({ node, messageId: "push", data: { write: quote(node, sourceCode), method } });
        }
      },
    };
  },
});
