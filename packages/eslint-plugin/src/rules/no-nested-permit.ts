import {
  findBlockedConnections,
  findMisplacedTransactions,
  findNestedPermits,
  findOppositeOrders,
  hasOwnLock,
  importsText,
} from "@tailrace/analysis";
import type {
  BlockedConnection,
  MisplacedTransaction,
  NestedPermit,
  OppositeOrder,
  Resources,
} from "@tailrace/analysis";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { placeOf, textOf, withOtherFiles } from "../other-files.ts";
import { resourcesIn } from "../file.ts";
import { lineOf, shorten } from "../quote.ts";

type MessageId = "blocked" | "idle" | "itself" | "many" | "misplaced" | "order" | "queued";
type Context = Readonly<TSESLint.RuleContext<MessageId, readonly unknown[]>>;

// By what something is taken.
const TAKES =
  /\b(?:\$?transaction\w*|acquire|begin|connect|getConnection|locks|reserve|runExclusive|schedule|use)\b|p-limit|p-queue|bottleneck|async-lock|redis|tailrace/u;
// Where it comes from; with types, perhaps by way of other files.
const LENDERS =
  /["'](?:async-(?:lock|mutex|sema)|bottleneck|drizzle-orm|generic-pool|ioredis|knex|kysely|mysql2|p-limit|p-queue|pg|pg-pool|postgres|sequelize|tailrace|tarn|typeorm|@mikro-orm|@prisma)\b/u;
const WAITS = /\bawait\b|\.then\(|=>/u;
const ANYTHING = /(?:)/u;
// A lock of one's own is a chain of promises.
const CHAINS = /\.then\(|\bnew Promise\b|\bwithResolvers\b/u;

/** Reports that something is waited for by who holds it. */
export const noNestedPermit: TSESLint.RuleModule<MessageId> = createRule({
  name: "no-nested-permit",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow taking a lock, a permit or a lease again, and waiting for it, while it is held",
      family: "B",
      recommended: "recommended",
    },
    schema: [],
    defaultOptions: [],
    messages: {
      itself:
        "`{{wait}}` waits for {{what}}{{where}}, but that is held here {{held}}, and comes back only after this wait: it waits for itself, for ever{{end}}. {{change}}.",
      many: "`{{wait}}` waits for {{what}}{{where}}, while the one taken {{held}} is still held: when {{count}} are at this point at once, each holds one and waits for another, and none of them goes on{{end}}. {{change}}.",
      queued:
        "`{{wait}}` waits until nothing is queued for `{{lender}}`{{where}}, but what was taken {{held}} comes back only after this wait: where nothing else is free, what is queued never starts. Wait for it where nothing of `{{lender}}` is held.",
      idle: "`{{wait}}` waits until nothing of `{{lender}}` is held any more{{where}}, but what was taken {{held}} comes back only after this wait: it waits for itself, for ever. Wait for it where nothing of `{{lender}}` is held.",
      misplaced:
        "`{{call}}` waits for a connection of its own, while the transaction of line {{line}} holds one: it looks for `{{option}}` in argument {{right}}, but is given it in argument {{given}}. When all connections are held by callers at this point, none of them goes on until the acquire timeout, if there is one. Move `{{option}}` into argument {{right}}.",
      blocked:
        "Until `{{command}}` has got something, which may be never, `{{connection}}` answers nothing else: `{{behind}}` {{there}} waits behind it. Use a connection of its own for it: `{{connection}}.duplicate()`.",
      order:
        "`{{wait}}` waits for `{{second}}` while `{{first}}` is held, but {{there}} `{{first}}` is waited for while `{{second}}` is held: when both are under way at once, each holds what the other one waits for, and neither goes on. Take them in the same order in both places.",
    },
  },
  create(context) {
    return {
      "Program:exit"() {
        const resources =
          resourcesIn(context.sourceCode, mayBorrow(context) ? ANYTHING : TAKES) ?? withOwnLock(context);
        if (!resources) return;
        const { file } = resources;
        const types = withOtherFiles(context, file.types);
        const whole = { ...resources, file: { ...file, types } };
        const misplaced = findMisplacedTransactions(whole);
        const isMisplaced = ({ wait }: NestedPermit): boolean => misplaced.some(({ call }) => call === wait);
        for (const found of findNestedPermits(whole)) if (!isMisplaced(found)) context.report(reportOf(found, context));
        for (const found of findOppositeOrders(whole)) context.report(reportOrder(found, context));
        for (const found of misplaced) context.report(reportMisplaced(found, context));
        for (const found of findBlockedConnections(whole)) context.report(reportBlocked(found, context));
      },
    };
  },
});

/** A file that takes nothing but locks of its own. */
function withOwnLock({ sourceCode }: Context): Resources | undefined {
  const resources = resourcesIn(sourceCode, CHAINS);
  return resources && hasOwnLock(resources) ? resources : undefined;
}

/** Whether something may be held or taken here by means of what another file has. */
function mayBorrow({ sourceCode: { ast, parserServices, text } }: Context): boolean {
  const program = parserServices?.program;
  if (!program || TAKES.test(text) || !WAITS.test(text)) return false;
  const own = parserServices.esTreeNodeToTSNodeMap?.get(ast).getSourceFile();
  return own !== undefined && importsText(program, own, LENDERS);
}

function reportOf(
  { wait, taking, hold, permits, held, isRecursive }: NestedPermit,
  context: Context,
): TSESLint.ReportDescriptor<MessageId> {
  const { idle } = taking.model;
  const lender = shorten(textOf(hold.taking.lender, context));
  const kind = kindOf(hold.taking);
  const messageId = idle === true ? "idle" : idle === "queued" ? "queued" : permits === 1 ? "itself" : "many";
  return {
    node: wait,
    messageId,
    data: {
      wait: quoteIn(wait, context),
      lender,
      what: `${permits === 1 ? "the" : "a second"} ${kind}${keyOf(hold.taking, context)} of \`${lender}\``,
      where: wait === taking.node ? "" : ` ${placeOf(taking.node, context)}`,
      held: placeOf(hold.at, context),
      count: permits === undefined ? `as many callers as \`${lender}\` has ${kind}s` : `${String(permits)} callers`,
      end: kind === "connection" || kind === "lease" ? TIMEOUT[messageId] : "",
      change: changeOf(kind, held, isRecursive),
    },
  };
}

type Kind = "connection" | "lease" | "lock" | "permit";

// What these lend are connections.
const DATABASES = /^(?:drizzle-orm|knex|kysely|mysql2|pg|pg-pool|postgres|sequelize|typeorm|@mikro-orm|@prisma)\b/u;

function kindOf({ model, lender, resources }: NestedPermit["taking"]): Kind {
  const kind = model.acquires ?? "lease";
  return kind === "lease" && DATABASES.test(resources.of(lender) ?? "") ? "connection" : kind;
}

/** Many pools let who waits fail after some time. */
const TIMEOUT: Partial<Record<MessageId, string>> = {
  itself: ", or until the acquire timeout, if there is one",
  many: " until the acquire timeout, if there is one",
};

function changeOf(kind: Kind, held: string | undefined, isRecursive: boolean): string {
  const name = held === undefined ? "" : ` (\`${held}\`)`;
  switch (kind) {
    case "connection":
      return `Run it on the connection already held${name}, or wait until that has been given back`;
    case "lease":
      return `Use what is already held${name} for this as well, or give it back first`;
    case "lock":
      return "Let what is called here do without the lock, or give it back first";
    case "permit":
      return isRecursive
        ? "Let only the work of one call hold a permit, and make the inner calls when it has been given back"
        : "Use a separate limiter for the inner work, or give the permit back first";
  }
}

/** The name of the lock that is meant, where the lender has many. */
function keyOf({ model, node }: NestedPermit["taking"], context: Context): string {
  const key = model.key === undefined || !("arguments" in node) ? undefined : node.arguments[model.key];
  return key ? ` \`${quoteIn(key, context)}\`` : "";
}

function reportOrder({ wait, here, there }: OppositeOrder, context: Context): TSESLint.ReportDescriptor<MessageId> {
  return {
    node: wait,
    messageId: "order",
    data: {
      wait: quoteIn(wait, context),
      first: nameOf(here.hold.taking, context),
      second: nameOf(here.taking, context),
      there: placeOf(there.taking.node, context),
    },
  };
}

function reportMisplaced(
  { call, hold, option, given, right }: MisplacedTransaction,
  context: Context,
): TSESLint.ReportDescriptor<MessageId> {
  return {
    node: call,
    messageId: "misplaced",
    data: {
      call: quoteIn(call, context),
      line: lineOf(hold.at),
      option,
      given: String(given + 1),
      right: String(right + 1),
    },
  };
}

function reportBlocked(
  { command, connection, behind }: BlockedConnection,
  context: Context,
): TSESLint.ReportDescriptor<MessageId> {
  return {
    node: command,
    messageId: "blocked",
    data: {
      command: quoteIn(command, context),
      connection: quoteIn(connection, context),
      behind: quoteIn(behind, context),
      there: placeOf(behind, context),
    },
  };
}

/** What lends, or the lock of it that is meant. */
function nameOf({ lender, model, node }: NestedPermit["taking"], context: Context): string {
  const key = model.key === undefined || !("arguments" in node) ? undefined : node.arguments[model.key];
  return quoteIn(key ?? lender, context);
}

function quoteIn(node: TSESTree.Node, context: Context): string {
  return shorten(textOf(node, context));
}
