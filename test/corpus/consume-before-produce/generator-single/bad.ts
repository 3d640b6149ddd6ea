// Calling an async generator runs nothing of it: the parser reads its first line when the last loop asks for a row.
// Ends: exit 13
async function* parse(lines: AsyncIterable<string>): AsyncGenerator<[string, number]> {
  for await (const line of lines) {
    const [name = "", level = "0"] = line.split("=");
    yield [name, Number(level)];
  }
}

const pipe = new TransformStream<string, string>();
const rows = parse(pipe.readable);
const writer = pipe.writable.getWriter();
for (const line of ["upper=4", "lower=2"]) {
  await writer.write(line); // starves
}
await writer.close();

const levels = new Map<string, number>();
for await (const [name, level] of rows) levels.set(name, level);
if (levels.get("lower") !== 2) throw new Error(JSON.stringify([...levels]));
