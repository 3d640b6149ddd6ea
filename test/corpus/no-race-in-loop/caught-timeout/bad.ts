// When the time is up, the error is caught and the mailbox asked once more; the first `receive` takes the only letter.
// Ends: exit 13
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
  new Promise((_resolve, reject) => setTimeout(() => reject(new Error("late")), ms).unref());

const mailbox = new Mailbox();
setTimeout(() => mailbox.post("only"), 100);

let letter: string | undefined;
let lates = 0;
while (letter === undefined) {
  try {
    letter = await Promise.race([mailbox.receive(), late(40)]); // starves
  } catch {
    lates += 1;
  }
}
if (lates === 0) throw new Error("never late");
