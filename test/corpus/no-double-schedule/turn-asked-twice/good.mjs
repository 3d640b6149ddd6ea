// One question, one place, one turn.
import assert from "node:assert";

class Counter {
  #line = [];
  draw(name) {
    return new Promise((serve) => {
      this.#line.push({ name, serve });
    });
  }
  call() {
    this.#line.shift()?.serve(true);
  }
}

const counter = new Counter();
const visit = (name) => counter.draw(name);

const visits = Promise.all([visit("ann"), visit("bob")]);
counter.call();
counter.call();
assert.deepEqual(await visits, [true, true]);
