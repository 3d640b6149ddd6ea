// toArray() before the await.
import { once as next } from "node:events";
import { PassThrough as Pipe, Readable as Source } from "node:stream";
import { pipeline as connect } from "node:stream/promises";

const source = Source.from(Array.from({ length: 50 }, (_, index) => ({ index })));
const pipe = new Pipe({ objectMode: true });
const opened = next(source, "readable");
source.read(0);
await opened;
const collected = pipe.toArray() as Promise<{ index: number }[]>;
await connect(source, pipe);

const items = await collected;
if (items.length !== 50) throw new Error(`${items.length}`);
