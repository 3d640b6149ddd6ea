// `wake` adds a task that the loop has put back by itself; when it is cancelled, a copy stays in the queue.
// Ends: exit 1
// Fails: cancelled means gone
import assert from "node:assert";
import { EventEmitter } from "node:events";

interface Task {
  readonly events: EventEmitter;
  cells: number;
}

class Scheduler {
  readonly queue: Task[] = [];

  add(task: Task): void {
    task.events.on("ready", () => {
      this.wake(task);
    });
    this.wake(task);
  }

  private wake(task: Task): void {
    this.queue.push(task); // starves
  }

  round(): void {
    for (let turns = this.queue.length; turns > 0; turns -= 1) {
      const task = this.queue.shift()!;
      task.cells -= 1;
      if (task.cells > 0) this.queue.push(task);
    }
  }

  cancel(task: Task): void {
    this.queue.splice(this.queue.indexOf(task), 1);
  }
}

const scheduler = new Scheduler();
const task: Task = { events: new EventEmitter(), cells: 3 };
scheduler.add(task);
scheduler.round();
task.events.emit("ready");
scheduler.cancel(task);
assert.ok(!scheduler.queue.includes(task), "cancelled means gone");
