// A Response around the readable side is an object with a body, not a reader; text() is called too late.
// cf. MattiasBuelens/web-streams-polyfill#143
// Ends: exit 13
const encoder = new TextEncoderStream();
const response = new Response(encoder.readable, { status: 200, headers: { "content-type": "text/plain" } });

const writer = encoder.writable.getWriter();
for (const verse of ["Tyger Tyger,", " burning bright"]) {
  await writer.ready;
  await writer.write(verse); // starves
}
await writer.close();

const poem = await response.text();
if (poem !== "Tyger Tyger, burning bright") throw new Error(poem);
