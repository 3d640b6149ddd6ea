/** How a client of HTTP gives responses, and what waits where one of them is left. */
export type ClientName = "aws" | "axios" | "fetch" | "got" | "http" | "node-fetch" | "undici";

export interface Client {
  readonly name: ClientName;
  /** The member of the response that is its body; undefined where the response is the body. */
  readonly body: string | undefined;
  /** What can be asked of a response without touching its body; undefined where that is everything else. */
  readonly facts: ReadonlySet<string | undefined> | undefined;
}

const words = (text: string): ReadonlySet<string | undefined> => new Set(text.split(" "));

const FETCH = words("ok status statusText headers url type redirected bodyUsed size timeout");
const MESSAGE = words(
  "statusCode statusMessage headers rawHeaders headersDistinct trailers rawTrailers httpVersion httpVersionMajor " +
    "httpVersionMinor url method complete aborted",
);

export const CLIENTS: Readonly<Record<ClientName, Client>> = {
  http: { name: "http", body: undefined, facts: MESSAGE },
  got: { name: "got", body: undefined, facts: words("url requestUrl isFromCache ip") },
  undici: { name: "undici", body: "body", facts: words("statusCode statusText headers trailers opaque context") },
  fetch: { name: "fetch", body: "body", facts: FETCH },
  "node-fetch": { name: "node-fetch", body: "body", facts: FETCH },
  axios: { name: "axios", body: "data", facts: words("status statusText headers config") },
  aws: { name: "aws", body: "Body", facts: undefined },
};

/** What can be asked of a stream, or done to it, without anything flowing. */
export const STREAM_FACTS: ReadonlySet<string | undefined> = words(
  "setEncoding pause off removeListener listenerCount destroyed closed errored locked bodyUsed readable " +
    "readableEnded readableFlowing readableLength readableAborted readableDidRead setMaxListeners",
);

/** Methods that return their receiver. */
export const CHAINED: ReadonlySet<string | undefined> = words(
  "on once addListener prependListener prependOnceListener setEncoding pause off removeListener setMaxListeners",
);
