import { otherFileOf } from "@tailrace/analysis";
import type { Finding } from "@tailrace/analysis";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { starvationIn } from "../analyse.ts";
import { createRule, strictOption } from "../create-rule.ts";
import { placeOf, textOf } from "../other-files.ts";
import { shorten } from "../quote.ts";
import { startConsumer } from "../start-consumer.ts";

type MessageId = "handed" | "queued" | "read" | "start" | "startLazy" | "unread" | "unresolved";

/** Reports a send that waits for a reader which is started only after it. */
export const consumeBeforeProduce: TSESLint.RuleModule<MessageId, [{ strict: boolean }]> = createRule({
  name: "consume-before-produce",
  meta: {
    type: "problem",
    docs: {
      description: "Require the consumer of a stream, channel or pair to run before a send waits for it",
      family: "A",
      recommended: "recommended",
    },
    hasSuggestions: true,
    schema: [strictOption("Also report where the number of permits or of consumers is decided at run time.")],
    defaultOptions: [{ strict: false }],
    messages: {
      read: "{{wait}} waits until {{pipe}} is read, but nothing reads it yet: its consumer {{consumer}}, after this wait{{limit}}. Start the consumer before this wait; if it gives a promise, await that where it is now.",
      handed:
        "{{wait}} waits until {{pipe}} is read, but nothing can read it yet: it is first handed on, {{consumer}}, after this wait{{limit}}. Hand it on first, or send without awaiting until its reader runs.",
      queued:
        "{{wait}} waits until {{pipe}} is read, but its consumer {{consumer}} is queued: the limit has fewer permits than consumers, and those that hold one wait for this code to go on{{limit}}. Give the limit a permit for each consumer.",
      unresolved:
        "{{wait}} waits for {{pipe}}, but what resolves that is not running: it {{consumer}}, after this wait. Start it before this wait, or do not await this before it runs.",
      unread:
        "{{wait}} waits until {{pipe}} is read, but nothing ever reads it{{limit}}. Read it, or send to something that needs no reader.",
      start: "Start the consumer before the wait, and await it where it was.",
      startLazy: "Start the consumer where it is made, with `drive`.",
    },
  },
  create(context, [options]) {
    return {
      "Program:exit"() {
        for (const finding of starvationIn(context, options)) {
          const { node, consumer } = finding;
          const fix = consumer && otherFileOf(consumer.start) ? undefined : startConsumer(context, finding);
          context.report({
            node,
            messageId: messageOf(finding),
            data: dataOf(finding, context),
            suggest: fix ? [fix] : [],
          });
        }
      },
    };
  },
});

type Context = Readonly<TSESLint.RuleContext<MessageId, readonly unknown[]>>;

/** Where something lazy must be driven first, that is what to say, whatever it does with the stream then. */
function messageOf({ pipe, consumer }: Finding): MessageId {
  if (!consumer) return "unread";
  if (pipe.deferred) return "unresolved";
  return consumer.how === "handed" && consumer.start !== consumer.node ? "read" : consumer.how;
}

function dataOf({ node, wait, pipe, consumer }: Finding, context: Context): Record<string, string> {
  const waiting = pipe.deferred ? node : wait;
  const isHere = waiting.loc.start.line === node.loc.start.line && !otherFileOf(waiting);
  return {
    wait: isHere ? quote(waiting, context) : `${quote(waiting, context)} (${placeOf(waiting, context)})`,
    pipe: describePipe(pipe, context),
    consumer: consumer ? describeConsumer(consumer, pipe.deferred, context) : "",
    limit: describeLimit(pipe),
  };
}

function describePipe({ node, deferred, foreign }: Finding["pipe"], context: Context): string {
  const place = placeOf(node, context);
  if (deferred) return `the promise made ${place}`;
  const made = unawaited(node);
  if (made.type !== T.NewExpression && made.type !== T.CallExpression) return quote(made, context);
  const maker = textOf(made.callee, context);
  if (made.type === T.NewExpression) return `the \`${maker}\` made ${place}`;
  return `${foreign ? "the stream that" : "what"} \`${maker}()\` ${foreign ? "gave" : "made"} ${place}`;
}

function unawaited(node: TSESTree.Node): TSESTree.Node {
  return node.type === T.AwaitExpression ? unawaited(node.argument) : node;
}

function describeConsumer(
  { how, node, start }: NonNullable<Finding["consumer"]>,
  deferred: boolean,
  context: Context,
): string {
  const where = `${placeOf(start, context)} (${quote(start, context)})`;
  if (how === "queued") return deferred ? `is queued ${placeOf(node, context)}` : placeOf(node, context);
  if (how === "handed" && start === node && !deferred) return where;
  const reads = placeOf(node, context);
  if (start === node || reads === placeOf(start, context)) return `starts ${where}`;
  return `(${reads.slice("on ".length)}) starts only ${where}`;
}

function describeLimit({ deferred, kind, size, unit }: Finding["pipe"]): string {
  if (deferred || size === 0) return "";
  // How many buffers a stream of Node has between its ends, and of what size, is a matter of its version and its kind.
  return unit === "bytes" || size === undefined || kind.startsWith("Duplex")
    ? "; small inputs pass, and it hangs once the buffers are full"
    : `; it hangs after ${String(size)} ${size === 1 ? "item" : "items"}`;
}

/** The beginning of the source of a node, of a loop only its head, on one line. */
function quote(node: TSESTree.Node, context: Context): string {
  const end = node.type === T.ForOfStatement ? node.body.range[0] : node.range[1];
  return `\`${shorten(textOf(node, context, end))}\``;
}
