// from() makes a cold observable: it reads when lastValueFrom() subscribes, below the writes.
// Ends: exit 13
import { from, lastValueFrom, map, toArray } from "rxjs";

const keys = new TransformStream<string, string>();
const typed = from(keys.readable as AsyncIterable<string>).pipe(map((key) => key.toLowerCase()), toArray());

const keyboard = keys.writable.getWriter();
for (const key of "RACE") await keyboard.write(key); // starves
await keyboard.close();

const word = (await lastValueFrom(typed)).join("");
if (word !== "race") throw new Error(word);
