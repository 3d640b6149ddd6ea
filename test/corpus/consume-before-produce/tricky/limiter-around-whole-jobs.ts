// One permit for two files, but each job writes and reads its own pair: a waiting job has written nothing.
import pLimit from "p-limit";

const limit = pLimit(1);
async function gzipSize(content: string): Promise<number> {
  const gzip = new CompressionStream("gzip");
  const packed = new Response(gzip.readable).arrayBuffer();
  const writer = gzip.writable.getWriter();
  await writer.write(Buffer.from(content));
  await writer.close();
  return (await packed).byteLength;
}

const sizes = await Promise.all(["a", "b"].map((letter) => limit(() => gzipSize(letter.repeat(200_000)))));
if (sizes.some((size) => size > 1000)) throw new Error(sizes.join());
