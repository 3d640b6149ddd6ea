import { channel, scope } from "tailrace";

const rows = channel<number>({ name: "rows", capacity: 64 });

await scope(async (s) => {
  s.spawn(async () => {
    for await (const batch of rows.batches({ max: 50 })) console.log(`store ${batch.length} rows`);
  });
  for (let row = 0; row < 101; row++) if (!rows.trySend(row)) await rows.send(row);
  rows.close();
});
// prints store 1 rows
// prints store 50 rows
// prints store 50 rows
