interface Slot<T> {
  put(item: T): Promise<void>;
  take(): Promise<T>;
}

/** Hands one item at a time from who puts to who takes: put() ends when the item is taken. */
export default function <T>(): Slot<T> {
  const offers: { item: T; taken: () => void }[] = [];
  let wake: (() => void) | undefined;
  return {
    put: (item) =>
      new Promise((taken) => {
        offers.push({ item, taken });
        wake?.();
      }),
    take: async () => {
      for (;;) {
        const offer = offers.shift();
        if (offer) {
          offer.taken();
          return offer.item;
        }
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
