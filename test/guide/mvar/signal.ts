import { mvar, scope } from "tailrace";

const config = mvar<{ readonly hosts: number }>({ name: "config" });

await scope(async (s) => {
  for (const name of ["north", "south"]) {
    s.spawn(async () => {
      const { hosts } = await config.read(); // waits for the first one
      console.log(`${name}: ${hosts} hosts`);
    });
  }
  await config.put({ hosts: 3 });
});
const before = await config.swap({ hosts: 4 });
console.log(before.hosts, "before");
// prints north: 3 hosts
// prints south: 3 hosts
// prints 3 before
