import { nameOf, number } from "../arguments.ts";
import type { Member } from "./policy.ts";

/** What was given for a member. */
type MemberOptions = { readonly [Key in keyof Member]?: Member[Key] | undefined };

/** A lane or a sink, as policies know it, by its checked options. */
export function memberOf(kind: "lane" | "sink", { name, weight = 1, priority = 0 }: MemberOptions): Member {
  return {
    name: nameOf(kind, name),
    weight: number("weight", weight, "a positive number", (it) => it > 0 && it < Infinity),
    priority: number("priority", priority, "a number from -1000 to 1000", (it) => Math.abs(it) <= 1000),
  };
}
