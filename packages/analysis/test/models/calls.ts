import type { ts } from "ts-morph";
import type { LibraryModel } from "../../src/models/model.ts";
import type { CallModel } from "../../src/models/resource.ts";
import type { Declarations, Signature, Type } from "./declarations.ts";
import { fullName, isAny } from "./names.ts";
import type { ResourceTypes } from "./names.ts";

/** What is not so in the model of a call, of something that has one of these types. */
export function disproveCall(
  declarations: Declarations,
  resources: ResourceTypes,
  model: LibraryModel,
  types: readonly Type[],
  call: CallModel,
): string[] {
  const { awaited, bases, parameter, property, signatures } = declarations;
  const { gives, resolves, passes = {}, key, during, releaser, releases, permits, idle, awaits } = call;
  const { unless = [], when = {}, joins, promise } = call;
  const calls = types.flatMap(signatures);
  // Where nothing is declared, nothing can be disproved.
  if (types.some(isAny)) return [];
  if (calls.length === 0) return ["cannot be called"];
  const faults: string[] = [];
  const some = (fault: string, test: (call: Signature) => boolean): void => {
    if (!calls.some(test)) faults.push(fault);
  };
  const promised = (call: Signature): Type | undefined => {
    const result = call.getReturnType();
    return property(result, "then") ? awaited(result) : undefined;
  };
  const isPassed = (type: Type, full: string): boolean =>
    resources.matches(type, full) ||
    // What is declared may know less of it: Express calls its handlers with the core of a request.
    resources.of(full).some((expected) => extendsNominally(expected, type, bases));

  const mayHave = (option: string): boolean =>
    [0, 1, 2, 3].some((index) => hasOption(declarations, calls, index, option)) ||
    calls.some(({ parameters }) => parameters.some((_, index) => isWord(declarations, calls, index, option)));

  if (gives !== undefined && gives !== "this") {
    const full = fullName(model, gives);
    some(`does not give ${full}`, (call) => resources.matches(call.getReturnType(), full));
  }
  if (resolves !== undefined) {
    const full = fullName(model, resolves);
    some(`does not resolve to ${full}`, (call) => {
      const result = promised(call);
      return result !== undefined && resources.matches(result, full);
    });
  }
  if (idle !== undefined || awaits !== undefined) some("returns no promise", (call) => promised(call) !== undefined);
  if (awaits === "argument" || releases === "argument") some("takes no argument", (call) => call.parameters.length > 0);
  if (key !== undefined) some("takes no key", (call) => parameter(call, key) !== undefined);
  if (during !== undefined && during !== "call") {
    some("runs no function", (call) =>
      argumentsAt(declarations, call, during === "function" ? "*" : during).some((type) => signatures(type).length > 0),
    );
  }
  if (releaser !== undefined) {
    some("resolves to no function that gives back", (call) => {
      const result = promised(call);
      const found = result && (releaser === "result" ? result : property(result, releaser.toString()));
      return found !== undefined && signatures(found).length > 0;
    });
  }
  if (permits?.argument !== undefined && !hasOption(declarations, calls, permits.argument, permits.property)) {
    faults.push(`has no option ${permits.property ?? ""} in argument ${permits.argument.toString()}`);
  } else if (permits?.property !== undefined && !mayHave(permits.property)) {
    faults.push(`has no option ${permits.property}`);
  }
  for (const option of [...[unless].flat(), ...Object.keys(when)]) {
    if (!mayHave(option)) faults.push(`has no option ${option}`);
  }
  if (joins && !hasOption(declarations, calls, joins.argument, joins.property)) {
    faults.push(`has no option ${joins.property ?? ""} in argument ${joins.argument.toString()}`);
  }
  if (promise !== undefined) {
    some(`gives nothing with the promise ${promise}`, (call) => {
      const found = property(call.getReturnType(), promise);
      return found !== undefined && property(found, "then") !== undefined;
    });
  }
  for (const [index, names] of Object.entries(passes)) {
    names.forEach((name, position) => {
      if (name === "") return;
      const full = fullName(model, name);
      some(`passes no ${full} at ${index}, ${position.toString()}`, (call) =>
        argumentsAt(declarations, call, index).some((type) =>
          signatures(type).some((handler) => {
            const passed = parameter(handler, position);
            return passed !== undefined && isPassed(passed, full);
          }),
        ),
      );
    });
  }
  return faults;
}

/** Whether some of these calls take such an argument, or such an option in it. */
export function hasOption(
  declarations: Declarations,
  calls: readonly Signature[],
  argument: number,
  option: string | undefined,
): boolean {
  const { parameter, parts, property } = declarations;
  const has = (type: Type, [name, ...rest]: readonly string[]): boolean =>
    name === undefined ||
    parts(type).some((part) => {
      const value = isAny(part) ? part : property(part, name);
      return value !== undefined && has(value, rest);
    });
  return calls.some((call) => {
    const given = parameter(call, argument);
    return given !== undefined && has(given, option?.split(".") ?? []);
  });
}

/** Whether one of the arguments may be that word. */
function isWord(
  { checker, parameter, parts }: Declarations,
  calls: readonly Signature[],
  index: number,
  word: string,
): boolean {
  return calls.some((call) => {
    const given = parameter(call, index);
    const symbol = call.parameters[index];
    // The union of what a rest takes would be any string.
    const rest = symbol && checker.getTypeOfSymbol(symbol);
    const elements = rest && checker.isTupleType(rest) ? checker.getTypeArguments(rest as ts.TypeReference) : [];
    return [...(given ? [given] : []), ...elements]
      .flatMap(parts)
      .some((part) => part.isStringLiteral() && part.value === word);
  });
}

/** The types of an argument, and of its elements where it is an array. */
function argumentsAt({ parameter, checker }: Declarations, call: Signature, index: number | string): Type[] {
  const indices = index === "last" || index === "*" ? call.parameters.map((_, each) => each) : [Number(index)];
  return indices.flatMap((each) => {
    const found = parameter(call, each);
    const element = found && checker.getIndexInfosOfType(found)[0]?.type;
    return [...(found ? [found] : []), ...(element ? [element] : [])];
  });
}

function extendsNominally(type: Type, base: Type, bases: Declarations["bases"]): boolean {
  return bases(type).some((each) => each.symbol === base.symbol || extendsNominally(each, base, bases));
}
