// A send that may give up is a wait with an end; nobody receives, and the program goes on.
import { channel, TimeoutError } from "tailrace";

const orders = channel<string>({ name: "orders" });
let reason: unknown;
try {
  await orders.send("one", { timeout: 20 });
} catch (error) {
  reason = error;
}
const next = orders.tryReceive();
if (!(reason instanceof TimeoutError) || typeof next !== "symbol") throw new Error("delivered");
