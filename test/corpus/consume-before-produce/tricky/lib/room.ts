/** More than a day brings. */
export const ROOM = 10_000;

export function roomyPipe<T>(room = ROOM): TransformStream<T, T> {
  return new TransformStream<T, T>({}, { highWaterMark: room }, { highWaterMark: 1 });
}
