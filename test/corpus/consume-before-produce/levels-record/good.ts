// The audit follows both levels from the start.
const levels = {
  info: new TransformStream<string, string>(),
  error: new TransformStream<string, string>(),
};
const audit: string[] = [];
const auditing = Promise.all(
  Object.entries(levels).map(async ([level, { readable }]) => {
    for await (const line of readable) audit.push(`${level}: ${line}`);
  }),
);
const info = levels.info.writable.getWriter();
const error = levels.error.writable.getWriter();

await Promise.all([info.write("started"), error.write("disk full")]);
await Promise.all([info.close(), error.close()]);

await auditing;
if (audit.sort().join("; ") !== "error: disk full; info: started") throw new Error(audit.join("; "));
