// lastValueFrom() subscribes before the first key.
import { from, lastValueFrom, map, toArray } from "rxjs";

const keys = new TransformStream<string, string>();
const letters = from(keys.readable as AsyncIterable<string>).pipe(map((key) => key.toLowerCase()), toArray());
const typed = lastValueFrom(letters);

const keyboard = keys.writable.getWriter();
for (const key of "RACE") await keyboard.write(key);
await keyboard.close();

const word = (await typed).join("");
if (word !== "race") throw new Error(word);
