// The thunk is called before anything is sent.
class Handoff<T> {
  private readonly senders: { item: T; resume: () => void }[] = [];
  private readonly receivers: ((item: T) => void)[] = [];

  async send(item: T): Promise<void> {
    const receiver = this.receivers.shift();
    if (receiver) return receiver(item);
    await new Promise<void>((resume) => this.senders.push({ item, resume }));
  }

  async receive(): Promise<T> {
    const sender = this.senders.shift();
    if (!sender) return await new Promise<T>((receive) => this.receivers.push(receive));
    sender.resume();
    return sender.item;
  }
}

const mail = new Handoff<string>();
const readTwo = async (): Promise<string> => `${await mail.receive()} ${await mail.receive()}`;
const reading = readTwo();
await mail.send("open");
await mail.send("gate");
const command = await reading;
if (command !== "open gate") throw new Error(command);
