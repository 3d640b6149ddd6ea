// A class of a report service: the method writes all rows into its own stream before it returns the stream.
// Ends: exit 13
interface Row {
  readonly station: string;
  readonly level: number;
}

class LevelReport {
  readonly #rows: readonly Row[];

  constructor(rows: readonly Row[]) {
    this.#rows = rows;
  }

  async toStream(): Promise<ReadableStream<string>> {
    const csv = new TransformStream<Row, string>({
      transform: ({ station, level }, controller) => controller.enqueue(`${station},${level}\n`),
    });
    const writer = csv.writable.getWriter();
    for (const row of this.#rows) {
      await writer.write(row); // starves
    }
    await writer.close();
    return csv.readable;
  }
}

const report = new LevelReport([{ station: "upper", level: 4 }, { station: "lower", level: 2 }]);
let csv = "";
for await (const line of await report.toStream()) csv += line;
if (csv !== "upper,4\nlower,2\n") throw new Error(csv);
