import * as fc from "fast-check";

/** What a run may answer to a question; the asking `yield` decides which answers make sense. */
export type Question = "any" | "case" | "choice" | "items" | "key" | "nullable" | "object" | "pattern" | "resource";

/** A generator function whose every decision is a question: `yield 7` asks question 7. */
export interface GeneratedProgram {
  readonly text: string;
  readonly questions: readonly Question[];
}

type Expression =
  | { readonly kind: "and" | "comma" | "or"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "ask" | "chain" }
  | { readonly kind: "coalesce"; readonly right: Expression }
  | { readonly kind: "not"; readonly operand: Expression }
  | { readonly kind: "ternary"; readonly test: Expression; readonly left: Expression; readonly right: Expression };

type Jump = "break" | "continue" | "return" | "throw";

type Statement =
  | Breakable
  | { readonly kind: "block"; readonly body: Block }
  | { readonly kind: Jump; readonly outward: number }
  | { readonly kind: "if"; readonly test: Expression; readonly body: Block }
  | { readonly kind: "evaluate"; readonly expression: Expression }
  | { readonly kind: "ifElse"; readonly test: Expression; readonly body: Block; readonly other: Block }
  | { readonly kind: "pattern" | "using" }
  | { readonly kind: "tryCatch" | "tryFinally"; readonly body: Block; readonly other: Block }
  | { readonly kind: "tryCatchFinally"; readonly body: Block; readonly other: Block; readonly finalizer: Block };

/** What `break` or `continue` may name. */
type Breakable =
  | { readonly kind: "doWhile" | "for" | "while"; readonly test: Expression; readonly body: Block }
  | { readonly kind: "endless" | "forOf" | "label" | "once"; readonly body: Block }
  | { readonly kind: "switch"; readonly cases: readonly Block[]; readonly fallback: number };

type Block = readonly Statement[];

const is = <Kind extends string>(...kinds: Kind[]): fc.Arbitrary<Kind> => fc.constantFrom(...kinds);

const { block } = fc.letrec<{ expression: Expression; statement: Statement; block: Block }>((tie) => {
  const [expression, block] = [tie("expression"), tie("block")];
  return {
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.record({ kind: is("ask", "chain") }),
      fc.record({ kind: is("and", "or", "comma"), left: expression, right: expression }),
      fc.record({ kind: is("coalesce"), right: expression }),
      fc.record({ kind: is("not"), operand: expression }),
      fc.record({ kind: is("ternary"), test: expression, left: expression, right: expression }),
    ),
    statement: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.record({ kind: is("evaluate"), expression }),
      fc.record({ kind: is("break", "continue", "return", "throw"), outward: fc.nat(2) }),
      fc.record({ kind: is("pattern", "using") }),
      fc.record({ kind: is("block", "forOf", "label", "endless", "once"), body: block }),
      fc.record({ kind: is("doWhile", "for", "if", "while"), test: expression, body: block }),
      fc.record({ kind: is("ifElse"), test: expression, body: block, other: block }),
      fc.record({ kind: is("tryCatch", "tryFinally"), body: block, other: block }),
      fc.record({ kind: is("tryCatchFinally"), body: block, other: block, finalizer: block }),
      fc.record({ kind: is("switch"), cases: fc.array(block, { maxLength: 3 }), fallback: fc.nat(3) }),
    ),
    block: fc.array(tie("statement"), { minLength: 1, maxLength: 3 }),
  };
});

/** Small programs of nested control statements. */
export const program: fc.Arbitrary<GeneratedProgram> = block.map(render);

interface Target {
  readonly label: string;
  readonly kind: Breakable["kind"];
}

function render(statements: Block): GeneratedProgram {
  const questions: Question[] = [];
  let labels = 0;
  const text = `function* program() { let v; ${renderBlock(statements, [])} }`;
  return { text, questions };

  function ask(question: Question): string {
    questions.push(question);
    return `(yield ${String(questions.length - 1)})`;
  }

  /** Begins with a question, so that every block can be made to throw. */
  function renderBlock(statements: Block, targets: readonly Target[]): string {
    return `{ ${ask("any")}; ${renderStatements(statements, targets)} }`;
  }

  function renderStatements(statements: Block, targets: readonly Target[]): string {
    return statements.map((statement) => renderStatement(statement, targets)).join(" ");
  }

  function renderExpression(expression: Expression): string {
    switch (expression.kind) {
      case "ask":
        return ask("choice");
      case "chain":
        return `${ask("object")}?.[${ask("key")}]`;
      case "and":
        return `(${renderExpression(expression.left)} && ${renderExpression(expression.right)})`;
      case "or":
        return `(${renderExpression(expression.left)} || ${renderExpression(expression.right)})`;
      case "comma":
        return `(${renderExpression(expression.left)}, ${renderExpression(expression.right)})`;
      case "coalesce":
        return `(${ask("nullable")} ?? ${renderExpression(expression.right)})`;
      case "not":
        return `!${renderExpression(expression.operand)}`;
      case "ternary": {
        const { test, left, right } = expression;
        return `(${renderExpression(test)} ? ${renderExpression(left)} : ${renderExpression(right)})`;
      }
    }
  }

  function renderStatement(statement: Statement, targets: readonly Target[]): string {
    switch (statement.kind) {
      case "evaluate":
        return `${renderExpression(statement.expression)};`;
      case "pattern":
        return `({ x: v = ${ask("any")} } = ${ask("pattern")});`;
      case "using":
        return `{ using x = ${ask("resource")}; ${ask("any")}; }`;
      case "block":
        return renderBlock(statement.body, targets);
      case "if":
        return `if (${renderExpression(statement.test)}) ${renderBlock(statement.body, targets)}`;
      case "ifElse": {
        const { test, body, other } = statement;
        return `if (${renderExpression(test)}) ${renderBlock(body, targets)} else ${renderBlock(other, targets)}`;
      }
      case "tryCatch":
        return `try ${renderBlock(statement.body, targets)} catch ${renderBlock(statement.other, targets)}`;
      case "tryFinally":
        return `try ${renderBlock(statement.body, targets)} finally ${renderBlock(statement.other, targets)}`;
      case "tryCatchFinally": {
        const [body, other, finalizer] = [statement.body, statement.other, statement.finalizer];
        const guarded = `try ${renderBlock(body, targets)} catch ${renderBlock(other, targets)}`;
        return `${guarded} finally ${renderBlock(finalizer, targets)}`;
      }
      case "switch":
      case "label":
      case "while":
      case "doWhile":
      case "for":
      case "forOf":
      case "endless":
      case "once":
        return renderTarget(statement, targets);
      default:
        return renderJump(statement.kind, statement.outward, targets);
    }
  }

  function renderTarget(statement: Breakable, outer: readonly Target[]): string {
    const label = `l${String((labels += 1))}`;
    const targets = [{ label, kind: statement.kind }, ...outer];
    switch (statement.kind) {
      case "label":
        return `${label}: ${renderBlock(statement.body, targets)}`;
      case "switch": {
        const cases = statement.cases.map((body, index) => {
          const head = index === statement.fallback ? "default" : `case ${ask("case")}`;
          return `${head}: ${renderStatements(body, targets)}`;
        });
        return `${label}: switch (1) { ${cases.join(" ")} }`;
      }
      case "while":
        return `${label}: while (${renderExpression(statement.test)}) ${renderBlock(statement.body, targets)}`;
      case "doWhile":
        return `${label}: do ${renderBlock(statement.body, targets)} while (${renderExpression(statement.test)});`;
      case "for": {
        const head = `${ask("any")}; ${renderExpression(statement.test)}; ${ask("any")}`;
        return `${label}: for (${head}) ${renderBlock(statement.body, targets)}`;
      }
      case "forOf":
        return `${label}: for (const x of ${ask("items")}) ${renderBlock(statement.body, targets)}`;
      case "endless":
        return `${label}: for (;;) ${renderBlock(statement.body, targets)}`;
      case "once":
        return `${label}: do ${renderBlock(statement.body, targets)} while (false);`;
    }
  }

  function renderJump(kind: Jump, outward: number, targets: readonly Target[]): string {
    if (kind === "throw") return `throw ${ask("any")};`;
    const named = kind === "continue" ? ["label", "switch"] : ["label"];
    const unlabelled = targets.filter((target) => !named.includes(target.kind));
    const candidates = kind === "break" ? targets : unlabelled;
    const target = candidates.at(Math.min(outward, candidates.length - 1));
    if (kind === "return" || !target) return `return ${ask("any")};`;
    return target === unlabelled[0] ? `${kind};` : `${kind} ${target.label};`;
  }
}
