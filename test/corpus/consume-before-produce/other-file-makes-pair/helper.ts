/** A pipe for lines, as its two ends. */
export function openLines(): { writer: WritableStreamDefaultWriter<string>; lines: ReadableStream<string> } {
  const { writable, readable } = new TransformStream<string, string>({
    transform: (line, controller) => controller.enqueue(line.trim()),
  });
  return { writer: writable.getWriter(), lines: readable };
}
