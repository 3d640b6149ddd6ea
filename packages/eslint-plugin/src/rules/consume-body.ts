import { findCollectedBodies, findLeftBodies } from "@tailrace/analysis";
import type { CollectedBodies, LeftBody } from "@tailrace/analysis";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { giveUp, giveUpText } from "../give-up.ts";
import { createRule, strictOption } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { lineOf, quote, shorten } from "../quote.ts";

type MessageId = "again" | "branch" | "collected" | "giveUp" | "kept" | "leaves" | "next" | "nowhere" | "path";

// What makes requests: modules by their names, and the fetch of the platform.
const CANDIDATE = /fetch|["'`](?:node:)?https?["'`]|\bundici\b|\bfollow-redirects\b|\baxios\b|\bgot\b|\bclient-s3\b/u;

/** Reports responses whose body nobody reads, cancels or hands on, on some path. */
export const consumeBody: TSESLint.RuleModule<MessageId, [{ strict: boolean }]> = createRule({
  name: "consume-body",
  meta: {
    type: "problem",
    hasSuggestions: true,
    docs: {
      description: "Require that the body of a response is read, given up or handed on, on every path",
      family: "E",
      recommended: "recommended",
    },
    schema: [
      strictOption(
        "Also report responses of `fetch` where nothing bounds the number of connections, and in tests those where something does.",
      ),
    ],
    defaultOptions: [{ strict: false }],
    messages: {
      nowhere:
        "Nobody reads the body of the response to `{{request}}`, gives it up or hands it on: {{wait}}. {{change}}.",
      leaves:
        "`{{parting}}` leaves the body of the response to `{{request}}` (line {{line}}) unread: {{wait}}. {{change}} before it.",
      branch:
        "On the path through `{{parting}}` nobody reads the body of the response to `{{request}}` (line {{line}}), gives it up or hands it on: {{wait}}. {{change}} there.",
      path: "Some path from here on neither reads the body of the response to `{{request}}` (line {{line}}) nor gives it up or hands it on: {{wait}}. {{change}} there.",
      again:
        "The request is made again while the body of the response before it is unread (`{{request}}`, line {{line}}): {{wait}}. {{change}} before that.",
      next: "`{{parting}}` needs the connection that the response to `{{request}}` (line {{line}}) keeps: {{size}} has to be read or given up first, so this waits without end. Read it, or call `{{text}}` before.",
      collected:
        "`{{wait}}` waits for the headers of all responses to `{{request}}` (line {{line}}) before the body of any is read. Each keeps its connection until then ({{size}}) and there are only {{connections}}: with more requests than that, the others never begin. Read each body in the function that makes its request.",
      kept: "`{{wait}}` is made again and again while `{{list}}` keeps the responses before it unread. Each keeps its connection ({{size}}) and there are only {{connections}}: the next request after that waits without end. Read each body before the next request is made.",
      giveUp: "Insert `{{text}}`.",
    },
  },
  create(context, [options]) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        const resources = resourcesIn(sourceCode, CANDIDATE);
        const seen = new Set<TSESTree.Node>();
        for (const left of resources ? findLeftBodies(resources) : []) {
          const node = left.parting ?? left.promise;
          if (!isReported(left.request, options, context.filename) || seen.has(node)) continue;
          seen.add(node);
          context.report(reportOf(left, context));
        }
        for (const collected of resources ? findCollectedBodies(resources) : []) {
          if (isReported(collected.request, options, context.filename))
            context.report(reportCollected(collected, sourceCode));
        }
      },
    };
  },
});

// A test ends, with its servers and clients.
const TESTS = /[\\/](?:__tests__|e2e)[\\/]|\.(?:spec|test)\.[cm]?[jt]sx?$/u;

/** Where nothing is known to run out, a connection that is kept for a while is no fault to everybody. */
function isReported(
  { certain, isBounded }: LeftBody["request"],
  { strict }: { readonly strict: boolean },
  filename: string,
): boolean {
  return (isBounded || !TESTS.test(filename)) && (strict || certain);
}

function reportOf(
  left: LeftBody,
  context: Readonly<TSESLint.RuleContext<MessageId, unknown[]>>,
): TSESLint.ReportDescriptor<MessageId> {
  const { sourceCode } = context;
  const { request, parting, promise } = left;
  const repair = giveUp(left, context);
  return {
    node: parting ?? promise,
    messageId: messageOf(left),
    data: {
      request: quote(parting ? request.node : promise, sourceCode),
      line: lineOf(request.node),
      parting: parting ? headOf(parting, sourceCode) : "",
      wait: waitOf(left),
      change: changeOf(left),
      size: sizeOf(left),
      text: giveUpText(left),
    },
    suggest: repair ? [{ messageId: "giveUp", data: { text: repair.text }, fix: repair.fix }] : [],
  };
}

function reportCollected(
  { request, connections, wait, list }: CollectedBodies,
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESLint.ReportDescriptor<MessageId> {
  return {
    node: wait,
    messageId: list ? "kept" : "collected",
    data: {
      wait: quote(wait, sourceCode),
      request: quote(request.node, sourceCode),
      line: lineOf(request.node),
      list: list ? quote(list, sourceCode) : "",
      size: sizeOf({ request }),
      connections: connections === "some" ? "so many as the agent allows" : connections.toString(),
    },
  };
}

function messageOf({ parting, end }: LeftBody): MessageId {
  if (end === "next") return "next";
  switch (parting?.type) {
    case undefined:
      return end === "again" ? "again" : "nowhere";
    case T.ReturnStatement:
    case T.ThrowStatement:
      return "leaves";
    case T.IfStatement:
    case T.WhileStatement:
    case T.DoWhileStatement:
    case T.ForStatement:
    case T.SwitchStatement:
    case T.ConditionalExpression:
    case T.LogicalExpression:
      return end === "again" ? "again" : "path";
    default:
      return "branch";
  }
}

/** The first line of what stands there. */
function headOf(node: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): string {
  return shorten(sourceCode.getText(node).replace(/;$/u, ""));
}

const SIZES: Readonly<Record<string, string>> = {
  fetch: "a body of more than 64 KiB",
  "node-fetch": "a body of more than 128 KiB",
  undici: "a body of more than 64 KiB",
};

/** What a body that is left keeps, from which size on, and who waits for that. */
function waitOf({ request: { client, connections, certain } }: LeftBody): string {
  const body = sizeOf({ request: { client } });
  if (connections === 1) return `${body} keeps the only connection, and the next request waits for it without end`;
  if (connections !== undefined) {
    const all = connections === "some" ? "all" : connections.toString();
    return `${body} keeps its connection, and when ${all} are kept like that, the next request waits without end`;
  }
  return client.name === "fetch" && !certain
    ? `${body} keeps its connection until the response is collected as garbage, and sockets pile up`
    : `${body} keeps its connection as long as the server does: sockets pile up, and where their number is bounded, the next request waits without end`;
}

function sizeOf({ request }: { readonly request: Pick<LeftBody["request"], "client"> }): string {
  return SIZES[request.client.name] ?? "a body of any size";
}

function changeOf(left: LeftBody): string {
  const text = giveUpText(left);
  return left.parting ? `Read it, or call \`${text}\`` : `Where only the status matters, call \`${text}\``;
}
