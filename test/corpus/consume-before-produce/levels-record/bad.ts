// A log with a stream for each level, kept in one object literal; the audit below is the first to read any of them.
// Ends: exit 13
const levels = {
  info: new TransformStream<string, string>(),
  error: new TransformStream<string, string>(),
};
const info = levels.info.writable.getWriter();
const error = levels.error.writable.getWriter();

await Promise.all([info.write("started"), error.write("disk full")]); // starves
await Promise.all([info.close(), error.close()]);

const audit: string[] = [];
for (const [level, { readable }] of Object.entries(levels)) {
  for await (const line of readable) audit.push(`${level}: ${line}`);
}
if (audit.join("; ") !== "info: started; error: disk full") throw new Error(audit.join("; "));
