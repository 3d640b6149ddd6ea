// `ready` waits until the queue of the writable side is shorter, but nothing takes from it before the loop is over.
// cf. denosaurs/event#8, MattiasBuelens/web-streams-polyfill#143
// Ends: exit 13
interface Reading {
  readonly sensor: string;
  readonly celsius: number;
}
const celsiusToText = new TransformStream<Reading, string>({
  transform: ({ sensor, celsius }, controller) => controller.enqueue(`${sensor}=${celsius.toFixed(1)}`),
});
const output = celsiusToText.writable.getWriter();
for (let minute = 0; minute < 5; minute += 1) {
  await output.ready; // starves
  void output.write({ sensor: "intake", celsius: 8 + minute / 10 });
}
void output.close();

let last = "";
for await (const line of celsiusToText.readable) last = line;
if (last !== "intake=8.4") throw new Error(last);
