// Array.fromAsync() iterates each generator from here on.
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
const outputs = inputs.map((input) => Array.fromAsync(doubler(input, 3)));
for (let value = 1; value <= 3; value += 1) {
  for (const input of inputs) await input.send(value);
}

const total = (await Promise.all(outputs)).flat().reduce((sum, value) => sum + value, 0);
if (total !== 24) throw new Error(`${total}`);
