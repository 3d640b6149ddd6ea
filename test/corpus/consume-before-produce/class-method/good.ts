// The method returns the readable side and leaves the rows to a source that is pulled.
interface Row {
  readonly station: string;
  readonly level: number;
}

class LevelReport {
  readonly #rows: readonly Row[];

  constructor(rows: readonly Row[]) {
    this.#rows = rows;
  }

  toStream(): ReadableStream<string> {
    const csv = new TransformStream<Row, string>({
      transform: ({ station, level }, controller) => controller.enqueue(`${station},${level}\n`),
    });
    return ReadableStream.from<Row>(this.#rows).pipeThrough(csv);
  }
}

const report = new LevelReport([{ station: "upper", level: 4 }, { station: "lower", level: 2 }]);
let csv = "";
for await (const line of report.toStream()) csv += line;
if (csv !== "upper,4\nlower,2\n") throw new Error(csv);
