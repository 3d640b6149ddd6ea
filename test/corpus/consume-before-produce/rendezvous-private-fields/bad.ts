// A rendezvous by hand: send() settles when receive() took the item, and the generators that receive are iterated last.
// Ends: exit 13
class Rendezvous<T> {
  #offer = Promise.withResolvers<{ item: T; taken: () => void }>();

  async send(item: T): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#offer.resolve({ item, taken: resolve });
    await promise;
  }

  async receive(): Promise<T> {
    const { item, taken } = await this.#offer.promise;
    this.#offer = Promise.withResolvers();
    taken();
    return item;
  }
}

async function* doubler(input: Rendezvous<number>, count: number): AsyncGenerator<number> {
  for (let index = 0; index < count; index += 1) yield 2 * (await input.receive());
}

const inputs = [new Rendezvous<number>(), new Rendezvous<number>()];
const outputs = inputs.map((input) => doubler(input, 3));
for (let value = 1; value <= 3; value += 1) {
  for (const input of inputs) await input.send(value); // starves
}

let total = 0;
for (const output of outputs) for await (const value of output) total += value;
if (total !== 24) throw new Error(`${total}`);
