import { odd } from "./odd.ts";

export async function even(source: ReadableStreamDefaultReader<number>, sum = 0): Promise<number> {
  const { done, value } = await source.read();
  return done ? sum : odd(source, sum + value);
}
