// A walker is an async function over its reader: called in open(), awaited at the end.
const follow = async (name, reader) => {
  const steps = [];
  while (steps.length < 3) steps.push(`${name}${(await reader.read()).value}`);
  return steps;
};
const open = (name) => {
  const { readable, writable } = new TransformStream();
  return { steps: follow(name, readable.getReader()), writer: writable.getWriter() };
};
const [left, right] = ["left", "right"].map(open);

for (let step = 0; step < 6; step++) {
  const foot = step % 2 === 0 ? left : right;
  await foot.writer.write(step);
}

const walked = (await Promise.all([left.steps, right.steps])).flat();
if (walked.join() !== "left0,left2,left4,right1,right3,right5") throw new Error(walked.join());
