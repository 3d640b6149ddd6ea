// The writes move into a function that is called before the loop over the rows and awaited after it.
async function* parse(lines: AsyncIterable<string>): AsyncGenerator<[string, number]> {
  for await (const line of lines) {
    const [name = "", level = "0"] = line.split("=");
    yield [name, Number(level)];
  }
}

const pipe = new TransformStream<string, string>();
const rows = parse(pipe.readable);
const writer = pipe.writable.getWriter();
const feed = async (): Promise<void> => {
  for (const line of ["upper=4", "lower=2"]) {
    await writer.write(line);
  }
  await writer.close();
};
const feeding = feed();

const levels = new Map<string, number>();
for await (const [name, level] of rows) levels.set(name, level);
await feeding;
if (levels.get("lower") !== 2) throw new Error(JSON.stringify([...levels]));
