import { channel } from "tailrace";

/** A message that was taken from the queue and has to be answered for. */
export interface Delivery {
  readonly body: string;
  /** How often it was taken so far. */
  readonly attempt: number;
  /** It is done, whatever came of it: nobody gets it again. */
  ack(): void;
  /** It was not begun: somebody gets it again after so many milliseconds. */
  nack(delay: number): void;
}

export interface Queue {
  /** Messages that nobody has taken. */
  readonly waiting: number;
  /** Messages that were taken and not answered for. */
  readonly open: number;
  /** What is put instead of a message makes `take` fail with it, as a broken connection does. */
  put(message: string | Error): void;
  take(signal: AbortSignal): Promise<Delivery>;
}

/** As much of a message broker as is needed: at-least-once, with redelivery after a delay. */
export function openQueue(): Queue {
  const messages = channel<{ readonly body: string | Error; readonly attempt: number }>({
    name: "messages",
    capacity: Infinity,
  });
  let open = 0;
  return {
    get waiting() {
      return messages.size;
    },
    get open() {
      return open;
    },
    put(body) {
      messages.trySend({ body, attempt: 1 });
    },
    async take(signal) {
      const { body, attempt } = await messages.receive({ signal });
      if (body instanceof Error) throw body;
      open++;
      return {
        body,
        attempt,
        ack() {
          open--;
        },
        nack(delay) {
          open--;
          setTimeout(() => messages.trySend({ body, attempt: attempt + 1 }), delay);
        },
      };
    },
  };
}
