// then() sends the query; what it returns is an ordinary promise that is awaited later.
import knex from "knex";

interface Query {
  readonly bindings: readonly ReadableStream<string>[];
  response?: string[];
}

class StreamingClient extends knex.Client {
  static {
    Object.assign(this.prototype, { dialect: "streaming", driverName: "streaming" });
  }
  override acquireRawConnection = () => Promise.resolve({});
  override destroyRawConnection = () => Promise.resolve();
  override validateConnection = () => Promise.resolve(true);
  _driver(): object {
    return {};
  }
  async _query(_connection: object, query: Query): Promise<Query> {
    query.response = await Array.fromAsync(query.bindings[0]!);
    return query;
  }
  processResponse = (query: Query) => query.response;
}

const db = knex({ client: StreamingClient, connection: {} });
const letter = new TransformStream<string, string>();
const inserted = db("letters").insert({ body: letter.readable }).then((rows: unknown) => rows as string[]);
const writer = letter.writable.getWriter();
await writer.write("Dear miller, ");
await writer.write("the pond is full.");
await writer.close();

const stored = await inserted;
await db.destroy();
if (stored.join("") !== "Dear miller, the pond is full.") throw new Error(stored.join(""));
