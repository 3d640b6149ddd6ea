export interface Pair {
  readonly input: WritableStreamDefaultWriter<number>;
  readonly output: ReadableStream<number>;
}

export function makePair(): Pair {
  const doubled = new TransformStream<number, number>({
    transform: (value, controller) => controller.enqueue(value * 2),
  });
  return { input: doubled.writable.getWriter(), output: doubled.readable };
}
