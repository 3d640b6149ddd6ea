// receive() was called before the send and is awaited after it.
import { channel } from "tailrace";

const slot = channel<string>();
const first = slot.receive();
await slot.send("handed over");
if ((await first) !== "handed over") throw new Error(await first);
