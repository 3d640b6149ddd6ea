// text() is called before the loop, awaited behind it.
const encoder = new TextEncoderStream();
const response = new Response(encoder.readable, { status: 200, headers: { "content-type": "text/plain" } });
const text = response.text();

const writer = encoder.writable.getWriter();
for (const verse of ["Tyger Tyger,", " burning bright"]) {
  await writer.ready;
  await writer.write(verse);
}
await writer.close();

const poem = await text;
if (poem !== "Tyger Tyger, burning bright") throw new Error(poem);
