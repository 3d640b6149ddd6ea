// A file that is too long ends the form: it is destroyed, and with it all that would have waited.
import { Readable } from "node:stream";
import busboy from "busboy";

const body = `--b\r\nContent-Disposition: form-data; name="f"; filename="f.exe"\r\n\r\n${"x".repeat(200_000)}\r\n--b--\r\n`;
const form = busboy({ headers: { "content-type": "multipart/form-data; boundary=b" } });
const failure = await new Promise<Error>((resolve, reject) => {
  form.on("error", (error) => resolve(error as Error)).on("close", () => reject(new Error("not refused")));
  form.on("file", (_name, file, { filename }) => {
    if (filename?.endsWith(".exe")) {
      file.on("error", () => undefined);
      form.destroy(new Error("refused"));
      return;
    }
    file.resume();
  });
  Readable.from([Buffer.from(body)]).pipe(form);
});
if (failure.message !== "refused") throw failure;
