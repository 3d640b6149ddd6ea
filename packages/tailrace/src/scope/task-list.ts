import type { RunningTask } from "./task.ts";

/** Names after which a list of tasks is cut off: a report is to be read. */
const MOST_NAMES = 10;

/** Tasks in the order in which they were started, linked through their own fields: to remove one takes constant time. */
export class TaskList {
  first: RunningTask<unknown> | undefined = undefined;
  size = 0;
  #last: RunningTask<unknown> | undefined = undefined;

  add(task: RunningTask<unknown>): void {
    task.before = this.#last;
    if (this.#last === undefined) this.first = task;
    else this.#last.after = task;
    this.#last = task;
    this.size++;
  }

  /** The task must be in the list. */
  remove(task: RunningTask<unknown>): void {
    const { before, after } = task;
    if (before === undefined) this.first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    task.before = task.after = undefined;
    this.size--;
  }

  *[Symbol.iterator](): Generator<RunningTask<unknown>, void, undefined> {
    for (let task = this.first; task !== undefined; task = task.after) yield task;
  }

  /** For reports: a text for each task that has one, with commas; how many more there are, if they are many. */
  print(text: (task: RunningTask<unknown>) => string | undefined): string {
    const shown: string[] = [];
    let more = 0;
    for (let task = this.first; task !== undefined; task = task.after) {
      const one = text(task);
      if (one === undefined) continue;
      if (shown.length < MOST_NAMES) shown.push(one);
      else more++;
    }
    if (more > 0) shown.push(`${more.toString()} more`);
    return shown.join(", ");
  }
}
