// The promise that lost is kept for the next turn, so the letter comes to whoever waits for it.
class Mailbox {
  readonly #waiting: ((letter: string) => void)[] = [];
  post(letter: string): void {
    this.#waiting.shift()?.(letter);
  }
  receive(): Promise<string> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

const late = (ms: number): Promise<never> =>
  new Promise((_resolve, reject) => setTimeout(() => reject(new Error("late")), ms));

const mailbox = new Mailbox();
setTimeout(() => mailbox.post("only"), 100);

let letter: string | undefined;
let lates = 0;
let pending = mailbox.receive();
while (letter === undefined) {
  try {
    letter = await Promise.race([pending, late(40)]);
    pending = mailbox.receive();
  } catch {
    lates += 1;
  }
}
if (letter !== "only" || lates === 0) throw new Error(`${letter}, ${lates} times late`);
