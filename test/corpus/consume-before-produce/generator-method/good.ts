// The generators are iterated by functions that are called at once.
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
const replies = devices.map((device) => Array.fromAsync(device.replies()));

for (const device of devices) await device.input.write("reset");
for (const device of devices) void device.input.close();

const log = (await Promise.all(replies)).flat();
if (log.join() !== "pump: reset ok,gate: reset ok") throw new Error(log.join());
