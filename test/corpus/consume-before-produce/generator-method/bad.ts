// Each device has a generator method over its own inbox; the objects exist, but no method body has begun.
// Ends: exit 13
class Device {
  readonly #inbox = new TransformStream<string, string>();
  readonly input = this.#inbox.writable.getWriter();
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  async *replies(): AsyncGenerator<string> {
    for await (const command of this.#inbox.readable) yield `${this.name}: ${command} ok`;
  }
}

const devices = [new Device("pump"), new Device("gate")];
const replies = devices.map((device) => device.replies());

for (const device of devices) await device.input.write("reset"); // starves
for (const device of devices) void device.input.close();

const log: string[] = [];
for (const stream of replies) {
  for await (const reply of stream) log.push(reply);
}
if (log.join() !== "pump: reset ok,gate: reset ok") throw new Error(log.join());
