// Files of other types are not taken, but not let through either: the form never ends.
// Ends: exit 13
// cf. mscdex/connect-busboy#14, mscdex/busboy#157, mscdex/busboy#36, mscdex/busboy#56
import { Readable } from "node:stream";
import type { Writable } from "node:stream";
import { buffer } from "node:stream/consumers";
import busboy from "busboy";

const boundary = "station";
const part = (name: string, type: string): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n${"x".repeat(200_000)}\r\n`;
const body = `${part("plan", "application/pdf")}${part("photo", "image/png")}--${boundary}--\r\n`;

const images: Promise<Buffer>[] = [];
const form = busboy({ headers: { "content-type": `multipart/form-data; boundary=${boundary}` } });
form.on("file", (_name, file, { mimeType }) => { if (mimeType.startsWith("image/")) images.push(buffer(file)); }); // starves

async function parse(into: Writable): Promise<void> {
  const closed = new Promise((resolve) => into.once("close", resolve));
  Readable.from([Buffer.from(body)]).pipe(into);
  await closed; // waits
}

await parse(form);
if (images.length !== 1) throw new Error(String(images.length));
