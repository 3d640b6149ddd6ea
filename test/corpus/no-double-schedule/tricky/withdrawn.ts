// The first waiter is taken out of the queue before the second one joins it.
import assert from "node:assert";

class Gate {
  readonly #line: { id: string; go: (value: string) => void }[] = [];
  ask(id: string): Promise<string> {
    return new Promise((go) => this.#line.push({ id, go }));
  }
  leave(id: string): void {
    const index = this.#line.findIndex((one) => one.id === id);
    if (index >= 0) this.#line.splice(index, 1);
  }
  next(): void {
    this.#line.shift()?.go("in");
  }
}

const gate = new Gate();
async function enter(id: string): Promise<string> {
  let turn = gate.ask(id);
  gate.leave(id);
  turn = gate.ask(id);
  return turn;
}
const entered = enter("a");
gate.next();
assert.equal(await entered, "in");
