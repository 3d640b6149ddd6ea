import { EMPTY } from "tailrace";
import type { Broadcast, Channel } from "tailrace";

/** Sends the numbers from one up to another and waits for each. */
export async function send(numbers: Pick<Broadcast<number>, "send">, from: number, to: number): Promise<void> {
  for (let i = from; i < to; i++) await numbers.send(i);
}

/** As `send`, but waits only where there is no room. */
export async function feed(
  numbers: Pick<Broadcast<number>, "trySend" | "send">,
  from: number,
  to: number,
): Promise<void> {
  for (let i = from; i < to; i++) if (!numbers.trySend(i)) await numbers.send(i);
}

export async function sendAndClose(numbers: Pick<Broadcast<number>, "send" | "close">, items: number): Promise<void> {
  await send(numbers, 0, items);
  numbers.close();
}

export async function feedAndClose(
  numbers: Pick<Broadcast<number>, "trySend" | "send" | "close">,
  items: number,
): Promise<void> {
  await feed(numbers, 0, items);
  numbers.close();
}

/** The sum of so many items. */
export async function receive(numbers: Pick<Channel<number>, "receive">, items: number): Promise<number> {
  let sum = 0;
  for (let i = 0; i < items; i++) sum += await numbers.receive();
  return sum;
}

/** The sum of all items that can be had at once. */
export function drain(numbers: Pick<Channel<number>, "tryReceive">): number {
  let sum = 0;
  for (let i = numbers.tryReceive(); i !== EMPTY; i = numbers.tryReceive()) sum += i;
  return sum;
}

export async function addUpBatches(numbers: Pick<Channel<number>, "batches">): Promise<number> {
  let sum = 0;
  for await (const batch of numbers.batches()) for (const number of batch) sum += number;
  return sum;
}
