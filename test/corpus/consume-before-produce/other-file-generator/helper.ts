/** Numbers what it reads. */
export async function* numbered(source: AsyncIterable<string>): AsyncGenerator<string> {
  let line = 0;
  for await (const text of source) {
    line += 1;
    yield `${String(line)} ${text}`;
  }
}
