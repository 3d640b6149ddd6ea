// A copy is made where one is needed.
const response = new Response("level 4.2\n".repeat(100_000));
const copy = response.headers.get("content-type")?.startsWith("text/") ? undefined : response.clone();
const [{ length }] = await Promise.all([response.text(), copy?.text()]);
if (length !== 1_000_000) throw new Error(String(length));
