// Answers are matched to requests by id; the handler of answers was registered before the first request.
import { EventEmitter } from "node:events";

class Client {
  readonly #wire = new EventEmitter();
  readonly #pending = new Map<number, (answer: string) => void>();
  #lastId = 0;

  constructor() {
    this.#wire.on("answer", (id: number, answer: string) => this.#settle(id, answer));
    this.#wire.on("request", (id: number, text: string) => setImmediate(() => this.#wire.emit("answer", id, text.toUpperCase())));
  }

  ask(text: string): Promise<string> {
    const id = (this.#lastId += 1);
    const answer = new Promise<string>((resolve) => this.#pending.set(id, resolve));
    this.#wire.emit("request", id, text);
    return answer;
  }

  close(): void {
    for (const settle of this.#pending.values()) settle("closed");
  }

  #settle(id: number, answer: string): void {
    this.#pending.get(id)?.(answer);
    this.#pending.delete(id);
  }
}

const client = new Client();
const answers = [await client.ask("a"), await client.ask("b")];
client.close();
if (answers.join() !== "A,B") throw new Error(answers.join());
