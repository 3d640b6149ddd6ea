// A knex query is built, not sent: its driver reads the streamed column when the query is awaited.
// Ends: exit 13
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
const insert = db("letters").insert({ body: letter.readable });
const writer = letter.writable.getWriter();
await writer.write("Dear miller, "); // starves
await writer.write("the pond is full.");
await writer.close();

const stored = (await insert) as unknown as string[];
await db.destroy();
if (stored.join("") !== "Dear miller, the pond is full.") throw new Error(stored.join(""));
