import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { standsFor } from "../source/names.ts";
import type { Names } from "../source/names.ts";
import { isNothing, literalText, meaningfulParent, propertyName, unwrap } from "../source/syntax.ts";

export type Output = "stderr" | "stdout";

const OUTPUTS: readonly (readonly [Output, number])[] = [
  ["stdout", 1],
  ["stderr", 2],
];

/** What starts a process, as far as its pipes go. */
export type Starter = "fork" | "spawn";

/** The outputs of a child process that are certainly pipes into this process; none where it ends by itself in time. */
export function pipedOutputs(names: Names, call: TSESTree.CallExpression, starter: Starter): Output[] {
  const outputs = pipes(names, call, starter);
  return isQuiet(names, call) ? outputs.filter((output) => output !== "stderr") : outputs;
}

// A script in the call itself that says nothing of errors puts out none that would fill a pipe.
const SCRIPT: ReadonlySet<string | undefined> = new Set(["-e", "--eval", "-c", "-p"]);
const WRITES_ERRORS = /stderr|console\.(?:error|warn|trace)|>&\s*2/u;

function isQuiet(names: Names, call: TSESTree.CallExpression): boolean {
  const [, second] = call.arguments;
  const list = second && standsFor(names, second);
  if (list?.type !== T.ArrayExpression) return false;
  const flag = list.elements.findIndex((element) => element !== null && SCRIPT.has(literalText(element)));
  const element = flag < 0 ? undefined : list.elements[flag + 1];
  const script = element && standsFor(names, element);
  const text = script && (script.type === T.TemplateLiteral ? templateText(script) : literalText(script));
  return text != null && !WRITES_ERRORS.test(text);
}

function templateText({ quasis }: TSESTree.TemplateLiteral): string {
  return quasis.map(({ value }) => value.raw).join("");
}

function pipes(names: Names, call: TSESTree.CallExpression, starter: Starter): Output[] {
  const options = optionsOf(names, call);
  if (options === "unknown") return [];
  const { stdio, silent, signal, timeout } = options;
  if (signal ?? timeout) return [];
  if (stdio) return OUTPUTS.filter(([, index]) => isPipe(names, stdio, index)).map(([name]) => name);
  if (starter === "spawn") return OUTPUTS.map(([name]) => name);
  const value = silent && standsFor(names, silent);
  return value?.type === T.Literal && value.value === true ? OUTPUTS.map(([name]) => name) : [];
}

type Options = Readonly<Record<string, TSESTree.Node | undefined>>;

/** `spawn(command)`, `spawn(command, arguments)`, `spawn(command, options)`, `spawn(command, arguments, options)`. */
function optionsOf(names: Names, call: TSESTree.CallExpression): Options | "unknown" {
  const [command, second, third] = call.arguments;
  if (!command || call.arguments.some((argument) => argument.type === T.SpreadElement)) return "unknown";
  if (third) return optionsIn(names, third);
  if (!second) return {};
  const value = standsFor(names, second);
  if (value.type === T.ObjectExpression) return optionsIn(names, second);
  return mayBeOptions(names, second) ? "unknown" : {};
}

function optionsIn(names: Names, node: TSESTree.Node): Options | "unknown" {
  const value = standsFor(names, node);
  if (isNothing(value)) return {};
  if (value.type !== T.ObjectExpression || isChanged(names, node)) return "unknown";
  const found: Record<string, TSESTree.Node | undefined> = {};
  let isOpen = false;
  for (const property of value.properties) {
    const name = property.type === T.Property ? propertyName(property.key, property.computed) : undefined;
    if (property.type !== T.Property || name === undefined) isOpen = true;
    else found[name] = property.value;
  }
  // What is spread may hold a `stdio`, unless one is written out after it.
  return isOpen && !(value.properties.at(-1)?.type === T.Property && found["stdio"]) ? "unknown" : found;
}

/** Whether what stands at the place of the arguments may be options: by what it holds, its annotation, or its name. */
function mayBeOptions(names: Names, node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  if (expression.type !== T.Identifier) return expression.type === T.ConditionalExpression;
  const definition = names.variable(expression)?.defs[0];
  const name = definition?.name as TSESTree.Node | undefined;
  const annotation = name?.type === T.Identifier ? name.typeAnnotation?.typeAnnotation : undefined;
  if (annotation) return annotation.type !== T.TSArrayType && annotation.type !== T.TSTypeOperator;
  return /opt|conf|setting|param/iu.test(expression.name);
}

/** Whether options that have a name are completed later: `options.stdio = "inherit"`. */
function isChanged(names: Names, node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  const variable = names.variable(expression);
  return (variable?.references ?? []).some((reference) => {
    const member = meaningfulParent(reference.identifier);
    const parent = member?.type === T.MemberExpression ? meaningfulParent(member) : undefined;
    return parent?.type === T.AssignmentExpression && parent.left === member;
  });
}

function isPipe(names: Names, stdio: TSESTree.Node, index: number): boolean {
  const value = standsFor(names, stdio);
  if (value.type !== T.ArrayExpression) return isNothing(value) || isPipeName(literalText(value));
  if (value.elements.slice(0, index + 1).some((element) => element?.type === T.SpreadElement)) return false;
  const element = value.elements[index];
  if (!element) return true;
  const one = standsFor(names, element);
  return isNothing(one) || isPipeName(literalText(one));
}

function isPipeName(text: string | undefined): boolean {
  return text === "pipe" || text === "overlapped";
}
