// The uploads run before the first row is dealt out.
const { lanes, openLane } = await import("./helper.ts");

const open = ["north", "south"].map(openLane);
const uploads = Promise.all(open.map((lane) => lanes.upload(lane)));
for (const [index, row] of ["a", "b", "c", "d"].entries()) {
  await open[index % open.length]?.writer.write(row);
}
for (const { writer } of open) await writer.close();
const uploaded = await uploads;
if (uploaded.join() !== "north:ac,south:bd") throw new Error(uploaded.join());
