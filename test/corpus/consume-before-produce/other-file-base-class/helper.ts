import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";

/** A file that is put together in memory. */
export abstract class Document {
  protected readonly content: PassThrough = new PassThrough({ highWaterMark: 1024 });

  abstract readonly mark: string;

  protected async append(part: string): Promise<void> {
    if (this.content.write(part + this.mark)) return;
    await new Promise((resolve) => this.content.once("drain", resolve));
  }

  read(): Promise<string> {
    this.content.end();
    return text(this.content);
  }
}
