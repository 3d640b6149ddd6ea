import { channel } from "tailrace";
import { assertProgress, ProgressError } from "tailrace/testing";

const replies = channel<string>({ name: "replies" });

try {
  await assertProgress(replies.receive(), { within: 200 });
} catch (error) {
  if (error instanceof ProgressError) console.log(error.message);
}
// prints not done after 200 ms; meanwhile:
// prints receive on channel "replies" (capacity 0, rendezvous) has waited 0.2 s for an item; nobody is sending
