const sources = new Map<string, ReadableStream<string>>();
let wake: () => void = () => undefined;

/** Keeps a source for the loop below. */
export function register(name: string, source: ReadableStream<string>): void {
  sources.set(name, source);
  wake();
}

/** Reads whatever is registered, as it comes. */
export async function serve(names: readonly string[]): Promise<string> {
  let all = "";
  for (const name of names) {
    while (!sources.has(name)) await new Promise<void>((resolve) => (wake = resolve));
    for await (const part of sources.get(name) ?? []) all += part;
  }
  return all;
}
