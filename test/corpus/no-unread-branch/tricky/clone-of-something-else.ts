// clone() of what is no response: nothing is shared.
class Report {
  readonly #lines: readonly string[];

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  clone(): Report {
    return new Report([...this.#lines]);
  }

  text(): Promise<string> {
    return Promise.resolve(this.#lines.join("\n"));
  }
}

const response = new Report(["a", "b"]);
const copy = response.clone();
const text = await response.text();
if (text !== (await copy.text())) throw new Error(text);
