import { even } from "./even.ts";

export async function odd(source: ReadableStreamDefaultReader<number>, sum: number): Promise<number> {
  const { done, value } = await source.read();
  return done ? sum : even(source, sum - value);
}
