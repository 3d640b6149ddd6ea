// A set holds a task once, whoever adds it.
import assert from "node:assert";
import { EventEmitter } from "node:events";

interface Task {
  readonly events: EventEmitter;
  cells: number;
}

class Scheduler {
  readonly queue = new Set<Task>();

  add(task: Task): void {
    task.events.on("ready", () => {
      this.queue.add(task);
    });
    this.queue.add(task);
  }

  round(): void {
    for (const task of [...this.queue]) {
      task.cells -= 1;
      if (task.cells === 0) this.queue.delete(task);
    }
  }
}

const scheduler = new Scheduler();
const task: Task = { events: new EventEmitter(), cells: 3 };
scheduler.add(task);
scheduler.round();
task.events.emit("ready");
scheduler.queue.delete(task);
assert.ok(!scheduler.queue.has(task));
