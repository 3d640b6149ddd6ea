// The second question takes another place; the first turn is given to a promise that nobody awaits any more.
// Ends: exit 13
class Counter {
  #line = [];
  draw(name) {
    return new Promise((serve) => {
      this.#line.push({ name, serve });
    });
  }
  call() {
    this.#line.shift()?.serve();
  }
}

const counter = new Counter();
async function visit(name, isOpen) {
  let turn = counter.draw(name);
  if (!isOpen()) {
    turn = counter.draw(name); // starves
  }
  await turn;
}

const visits = Promise.all([visit("ann", () => false), visit("bob", () => true)]);
counter.call();
counter.call();
await visits; // waits
