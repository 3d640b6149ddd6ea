// Plain JavaScript, no types to help: a list of [writer, reader] made by flatMap over the names.
// Ends: exit 13
const open = (name) => {
  const { readable, writable } = new TransformStream();
  return { name, writer: writable.getWriter(), reader: readable.getReader() };
};
const [left, right] = ["left", "right"].map(open);

for (let step = 0; step < 6; step++) {
  const foot = step % 2 === 0 ? left : right;
  await foot.writer.write(step); // starves
}

const walked = [];
for (const { name, reader } of [left, right]) {
  for (let count = 0; count < 3; count++) walked.push(`${name}${(await reader.read()).value}`);
}
if (walked.join() !== "left0,left2,left4,right1,right3,right5") throw new Error(walked.join());
