// Sinks in the manner of a DigestStream: written in a loop, asked for a result afterwards, and without readable side.
import { createHash } from "node:crypto";

class DigestStream extends WritableStream<Uint8Array> {
  readonly digest: Promise<string>;

  constructor(algorithm: string) {
    const hash = createHash(algorithm);
    const { promise, resolve } = Promise.withResolvers<string>();
    super({
      write: (chunk) => void hash.update(chunk),
      close: () => resolve(hash.digest("hex")),
    });
    this.digest = promise;
  }
}

const hashes = ["md5", "sha256"].map((algorithm) => {
  const stream = new DigestStream(algorithm);
  return { stream, writer: stream.getWriter() };
});
for await (const chunk of ReadableStream.from([Buffer.from("tail"), Buffer.from("race")])) {
  for (const hash of hashes) await hash.writer.write(chunk);
}
for (const { writer } of hashes) await writer.close();

const digests = await Promise.all(hashes.map(({ stream }) => stream.digest));
if (digests[0] !== createHash("md5").update("tailrace").digest("hex")) throw new Error(digests[0]);
