import { Linter } from "eslint";
import type { Rule } from "eslint";
import * as typescriptParser from "@typescript-eslint/parser";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../../src/flow/code-path.ts";
import type { CodePath, CodePathOwner, Step } from "../../src/flow/code-path.ts";
import { reaches, stepsOf } from "../../src/flow/queries.ts";

/** What ESLint's code path analysis and ours say differently about one code path. */
export interface Disagreement {
  readonly file: string;
  readonly line: number;
  /**
   * `end`: the code path may complete normally; `start`: control may arrive at `to`; `follow`: it may arrive at `to`
   * after it was at `from`.
   */
  readonly question: "end" | "follow" | "start";
  readonly from?: TSESTree.Node;
  readonly to: TSESTree.Node;
  readonly eslintSaysYes: boolean;
}

export interface Comparison {
  codePaths: number;
  statements: number;
  /** Statements that both say are never reached. */
  unreachable: number;
  /** Pairs of statements of which one may follow the other, or not. */
  pairs: number;
  readonly disagreements: Disagreement[];
}

export function startComparison(): Comparison {
  return { codePaths: 0, statements: 0, unreachable: 0, pairs: 0, disagreements: [] };
}

/** Where ESLint is when it comes to a statement: its reachable segments, and when that was. */
interface Visit {
  readonly node: TSESTree.Node;
  readonly segments: readonly Rule.CodePathSegment[];
}

interface Place {
  readonly owner: CodePathOwner;
  readonly path: Rule.CodePath;
  readonly segments: Set<Rule.CodePathSegment>;
  readonly visits: Visit[];
}

/** Lints a text with a rule that puts the same questions to both analyses. False where the text does not parse. */
export function compare(text: string, file: string, comparison: Comparison): boolean {
  const isTypeScript = /\.[cm]?tsx?$/.test(file);
  const messages = new Linter().verify(
    text,
    {
      files: ["**/*.{js,ts}"],
      languageOptions: {
        ...(isTypeScript ? { parser: typescriptParser } : {}),
        sourceType: /^\s*["']use strict["']/m.test(text.slice(0, 2000)) ? "commonjs" : "module",
      },
      linterOptions: { reportUnusedDisableDirectives: "off" },
      plugins: { flow: { rules: { compare: comparingRule(file, comparison) } } },
      rules: { "flow/compare": "error" },
    },
    { filename: isTypeScript ? "input.ts" : "input.js", allowInlineConfig: false },
  );
  const rest = messages.filter((message) => !message.fatal);
  if (rest.length > 0) throw new Error(`${file}: ${rest.map((message) => message.message).join("\n")}`);
  return messages.length === 0;
}

function comparingRule(file: string, comparison: Comparison): Rule.RuleModule {
  return {
    create() {
      const places: Place[] = [];
      return {
        onCodePathStart(path: Rule.CodePath, node: TSESTree.Node) {
          places.push({ owner: node as CodePathOwner, path, segments: new Set(), visits: [] });
        },
        onCodePathEnd() {
          const place = places.pop();
          // The initializer of a field is an expression: it has no statements, and ESLint names no owner for it.
          if (place && place.path.origin !== "class-field-initializer") comparePlace(place, file, comparison);
        },
        onCodePathSegmentStart(segment: Rule.CodePathSegment) {
          places.at(-1)?.segments.add(segment);
        },
        onCodePathSegmentEnd(segment: Rule.CodePathSegment) {
          places.at(-1)?.segments.delete(segment);
        },
        ":matches(:statement, FunctionDeclaration)"(node: TSESTree.Node) {
          if (isPartOfHead(node) || isErased(node)) return;
          // ESLint has already begun the function's own path when it visits a function declaration.
          const place = places.at(node.type === T.FunctionDeclaration ? -2 : -1);
          place?.visits.push({ node, segments: [...place.segments].filter((segment) => segment.reachable) });
        },
      } as unknown as Rule.RuleListener;
    },
  };
}

// Pairs grow with the square of a function's length.
const MOST_STATEMENTS_FOR_PAIRS = 50;

function comparePlace({ owner, path, visits }: Place, file: string, comparison: Comparison): void {
  const ours = codePathOf(owner);
  const disagree = (answer: Pick<Disagreement, "eslintSaysYes" | "from" | "question" | "to">): void => {
    comparison.disagreements.push({ file, line: answer.to.loc.start.line, ...answer });
  };
  comparison.codePaths += 1;
  comparison.statements += visits.length;

  const eslintEnds = path.returnedSegments.some((segment) => segment.reachable);
  if (eslintEnds !== reaches([ours.enter], (step) => step === ours.exit)) {
    disagree({ question: "end", to: owner, eslintSaysYes: eslintEnds });
  }

  const started = stepsFrom([ours.enter]);
  for (const { node, segments } of visits) {
    const eslintStarts = segments.length > 0;
    const weStart = arrivalsAt(ours, node).some((step) => started.has(step));
    if (weStart !== eslintStarts) disagree({ question: "start", to: node, eslintSaysYes: eslintStarts });
    if (!weStart && !eslintStarts) comparison.unreachable += 1;
  }

  if (visits.length > MOST_STATEMENTS_FOR_PAIRS) return;
  visits.forEach((from, index) => {
    const after = stepsFrom(arrivalsAt(ours, from.node));
    const segmentsAfter = closure(from.segments, (segment) => segment.nextSegments);
    visits.forEach((to, other) => {
      comparison.pairs += 1;
      const eslintFollows = to.segments.some(
        (segment) => segmentsAfter.has(segment) || (other > index && from.segments.includes(segment)),
      );
      const weFollow = arrivalsAt(ours, to.node).some((step) => after.has(step));
      if (eslintFollows !== weFollow) {
        disagree({ question: "follow", from: from.node, to: to.node, eslintSaysYes: eslintFollows });
      }
    });
  });
}

function arrivalsAt(path: CodePath, node: TSESTree.Node): Step[] {
  return stepsOf(path, node).filter((step) => step.kind === "statement");
}

/** Every step that `reaches` finds from the given ones. */
function stepsFrom(from: readonly Step[]): Set<Step> {
  const found = new Set<Step>();
  reaches(from, (step) => {
    found.add(step);
    return false;
  });
  return found;
}

/** Everything that lies one or more moves away. */
function closure<Item>(from: readonly Item[], moves: (item: Item) => readonly Item[]): Set<Item> {
  const found = new Set<Item>();
  const pending = from.flatMap(moves);
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (found.has(item)) continue;
    found.add(item);
    pending.push(...moves(item));
  }
  return found;
}

/** A declaration in the head of a loop is no statement. */
function isPartOfHead(node: TSESTree.Node): boolean {
  const { parent } = node;
  return (
    (parent?.type === T.ForStatement && parent.init === node) ||
    ((parent?.type === T.ForInStatement || parent?.type === T.ForOfStatement) && parent.left === node)
  );
}

const RUNNING_TYPESCRIPT: ReadonlySet<string> = new Set([
  T.TSAsExpression,
  T.TSEnumDeclaration,
  T.TSExportAssignment,
  T.TSImportEqualsDeclaration,
  T.TSInstantiationExpression,
  T.TSModuleBlock,
  T.TSModuleDeclaration,
  T.TSNonNullExpression,
  T.TSSatisfiesExpression,
  T.TSTypeAssertion,
]);

/** What exists only in types runs nowhere; ESLint has its statements on a path, we have not. */
function isErased(node: TSESTree.Node): boolean {
  for (let place: TSESTree.Node | undefined = node; place; place = place.parent) {
    if (place.type.startsWith("TS") && !RUNNING_TYPESCRIPT.has(place.type)) return true;
    if ("declare" in place && place.declare) return true;
  }
  return false;
}
