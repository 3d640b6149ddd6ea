// What is said of shapes and arrows, the same in all pictures.
import { seconds } from "../waits/report.ts";
import type { Arrow, Shape } from "./alike.ts";
import { shown } from "./words.ts";

/** `task`, or `task ×290` */
export function kindOf({ kind, many }: Shape): string {
  return `${shown(kind, 20)}${times(many)}`;
}

/** ` ×290`; nothing for one. */
export function times(many: number): string {
  return many === 1 ? "" : ` ×${many.toLocaleString("en")}`;
}

/** `send ×290` and `12.0 s`; nothing if nobody waits. */
export function labelOf({ wait, many }: Arrow, at: number): readonly string[] {
  return wait === undefined ? [] : [`${shown(wait.operation, 16)}${times(many)}`, `${seconds(at - wait.since)} s`];
}

/** `task "serve"` */
export function called({ kind, name }: Pick<Shape, "kind" | "name">, most = 60): string {
  return name === "" ? shown(kind, 20) : `${shown(kind, 20)} "${shown(name, most)}"`;
}
