// Each host has a lane from another file, and all rows are dealt out before any upload begins to read its lane.
// Ends: exit 13
// Needs types: the lanes are made in another file.
const { lanes, openLane } = await import("./helper.ts");

const open = ["north", "south"].map(openLane);
for (const [index, row] of ["a", "b", "c", "d"].entries()) {
  await open[index % open.length]?.writer.write(row); // starves
}
for (const { writer } of open) await writer.close();
const uploaded = await Promise.all(open.map((lane) => lanes.upload(lane)));
if (uploaded.join() !== "north:ac,south:bd") throw new Error(uploaded.join());
