// The names at the import are not the names in the code.
// Ends: exit 13
import { once as next } from "node:events";
import { PassThrough as Pipe, Readable as Source } from "node:stream";
import { pipeline as connect } from "node:stream/promises";

const source = Source.from(Array.from({ length: 50 }, (_, index) => ({ index })));
const pipe = new Pipe({ objectMode: true });
const opened = next(source, "readable");
source.read(0);
await opened;
await connect(source, pipe); // starves

const items = (await pipe.toArray()) as { index: number }[];
if (items.length !== 50) throw new Error(`${items.length}`);
