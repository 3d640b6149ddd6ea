import { findDoubleReleases, findUnreleased } from "@tailrace/analysis";
import type { DoubleRelease, UnreleasedLease } from "@tailrace/analysis";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { createRule, strictOption } from "../create-rule.ts";
import { resourcesIn } from "../file.ts";
import { lineOf, quote } from "../quote.ts";

type MessageId = "fails" | "frees" | "lost" | "never" | "open" | "raced" | "transaction";
type Reported = TSESLint.ReportDescriptor<MessageId>;

// By what a lock, a permit, a connection, a file or a page is taken.
const CANDIDATE =
  /\b(?:acquire|allocate|begin(?:Transaction)?|connect|createQueryRunner|getConnection|launch\w*|lock|new(?:Page|Context)|open|reserve|start(?:Session|Transaction)|transaction|tryAcquire)\b/u;

/** Reports leases, locks and permits that do not come back on some path, are lost in a race, or come back twice. */
export const alwaysRelease: TSESLint.RuleModule<MessageId, [{ strict: boolean }]> = createRule({
  name: "always-release",
  meta: {
    type: "problem",
    docs: {
      description: "Require that a lease, a lock or a permit is given back on every path, once",
      family: "E",
      recommended: "recommended",
    },
    schema: [strictOption("Also report what is lost only if a call fails that has nothing to do with it.")],
    defaultOptions: [{ strict: false }],
    messages: {
      lost: "The {{kind}} that `{{call}}` takes is not given back {{way}}: {{then}} {{change}}.",
      open: "What `{{call}}` opens is not closed {{way}}: it stays open, and each time one more does, until no more can be opened. Close it in `finally`, or declare it with `await using` where it can be disposed of.",
      transaction:
        "The transaction that `{{call}}` begins is neither committed nor rolled back {{way}}, and keeps its connection: {{then}} Commit it or roll it back on every way out, or use the form that is given a callback.",
      never:
        "The {{kind}} that `{{call}}` takes is never given back: {{then}} Keep what it resolves to, and give it back in `finally`.",
      raced:
        "If another one wins this race, `{{call}}` is still granted its {{kind}} later, to nobody who gives it back: {{then}} Give back what comes too late, or use a time limit of the lender's own.",
      fails:
        "`{{second}}` releases what line {{line}} has already released on the same path: the second release fails, and hides what happened before. Release in one place only, best in `finally`.",
      frees:
        "`{{second}}` releases what line {{line}} has already released on the same path: the second time it frees what somebody else holds by then, so that more run at once than may. Release in one place only, best in `finally`.",
    },
  },
  create(context, [options]) {
    const { sourceCode } = context;
    return {
      "Program:exit"() {
        const resources = resourcesIn(sourceCode, CANDIDATE);
        if (!resources) return;
        for (const found of findUnreleased(resources)) {
          if (isReported(found, options)) context.report(reportLoss(found, sourceCode));
        }
        for (const found of findDoubleReleases(resources)) context.report(reportDouble(found, sourceCode));
      },
    };
  },
});

function isReported({ isCertain }: UnreleasedLease, { strict }: { readonly strict: boolean }): boolean {
  return isCertain || strict;
}

function reportLoss(
  { acquisition, race, leaving, isOpened, isTransaction, releaser }: UnreleasedLease,
  sourceCode: Readonly<TSESLint.SourceCode>,
): Reported {
  const { call, model } = acquisition;
  const kind = model.acquires ?? "lease";
  const messageId = race ? "raced" : isTransaction ? "transaction" : isOpened ? "open" : leaving ? "lost" : "never";
  const quoted = hasFunction(call) ? `${quote(call.callee, sourceCode)}(…)` : quote(call, sourceCode);
  const first =
    leaving?.node.type === T.ReturnStatement
      ? " before this `return`, and in each callback with which its use ends"
      : " first in each callback with which its use ends";
  return {
    node: race ?? call,
    messageId,
    data: {
      call: quoted,
      kind,
      way: leaving ? wayOf(leaving, sourceCode) : "anywhere",
      then: sequel(kind, quoted),
      change: hasFunction(call)
        ? `${releaser ? `Call \`${quote(releaser, sourceCode)}()\`` : "Give it back"}${first}`
        : "Give it back in `finally`, so that every way out does",
    },
  };
}

/** Whether what is taken is passed to a function. */
function hasFunction({ arguments: [...given] }: TSESTree.CallExpression): boolean {
  const last = given.at(-1);
  return last?.type === T.ArrowFunctionExpression || last?.type === T.FunctionExpression;
}

/** Who waits in the end, and why for ever. */
function sequel(kind: string, call: string): string {
  if (kind === "lock") return `from then on, each \`${call}\` waits for ever.`;
  const end = kind === "lease" ? ", or until its acquire timeout, if there is one" : "";
  return `each time there is one less, and when none is left, the next \`${call}\` waits for ever${end}.`;
}

function wayOf(
  { node, how }: NonNullable<UnreleasedLease["leaving"]>,
  sourceCode: Readonly<TSESLint.SourceCode>,
): string {
  const line = lineOf(node);
  switch (how) {
    case "leaves":
      return `on the \`${WORDS[node.type] ?? ""}\` in line ${line}`;
    case "fails":
      return `when \`${quote(node, sourceCode)}\` fails in line ${line}`;
    case "yields":
      return `when whoever reads stops early, at the \`yield\` of line ${line}`;
    case "repeats":
      return "before the next one is taken";
    default:
      return node.type === T.Program ? "before the file ends" : "on a path that comes to the end of the function";
  }
}

const WORDS: Partial<Record<TSESTree.AST_NODE_TYPES, string>> = {
  [T.BreakStatement]: "break",
  [T.ContinueStatement]: "continue",
  [T.ReturnStatement]: "return",
  [T.ThrowStatement]: "throw",
};

function reportDouble({ first, second, effect }: DoubleRelease, sourceCode: Readonly<TSESLint.SourceCode>): Reported {
  return { node: second, messageId: effect, data: { second: quote(second, sourceCode), line: lineOf(first) } };
}
