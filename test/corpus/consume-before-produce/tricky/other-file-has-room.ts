// The pipe of another file has room for everything that is written before it is read.
import { roomyPipe } from "./lib/room.ts";

const { writable, readable } = roomyPipe<number>();
const writer = writable.getWriter();
for (let day = 1; day <= 31; day += 1) await writer.ready;
for (let day = 1; day <= 31; day += 1) void writer.write(day);
void writer.close();
const days = await Array.fromAsync(readable);
if (days.length !== 31) throw new Error(String(days.length));
