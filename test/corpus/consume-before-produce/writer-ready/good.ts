// Same producer; the reader is an async function that was called before it.
interface Reading {
  readonly sensor: string;
  readonly celsius: number;
}
const celsiusToText = new TransformStream<Reading, string>({
  transform: ({ sensor, celsius }, controller) => controller.enqueue(`${sensor}=${celsius.toFixed(1)}`),
});
const reading = (async () => {
  let last = "";
  for await (const line of celsiusToText.readable) last = line;
  return last;
})();
const output = celsiusToText.writable.getWriter();
for (let minute = 0; minute < 5; minute += 1) {
  await output.ready;
  void output.write({ sensor: "intake", celsius: 8 + minute / 10 });
}
void output.close();

const last = await reading;
if (last !== "intake=8.4") throw new Error(last);
