import type { Readable, Writable } from "node:stream";

/** One end of a JSON-RPC connection, in the framing of the Language Server Protocol. */
export interface Connection {
  /** Resolves with the result of the other end; rejects if that answers with an error or is gone. */
  request(method: string, params: unknown): Promise<unknown>;
  notify(method: string, params: unknown): void;
  /** Rejects all requests that wait, and all later ones. */
  readonly fail: (error: Error) => void;
}

/** Answers to requests of the other end, or promises of them, by method; `null` is the answer to any other. */
export type Handlers = Readonly<Record<string, (params: never) => unknown>>;

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export function connect(output: Writable, input: Readable, handlers: Handlers): Connection {
  const waiting = new Map<number | string, PromiseWithResolvers<unknown>>();
  let failure: Error | undefined;
  let requests = 0;
  let received = Buffer.alloc(0);

  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    output.write(`Content-Length: ${Buffer.byteLength(body).toString()}\r\n\r\n${body}`);
  };
  const answer = async (method: string, params: unknown): Promise<unknown> =>
    (await handlers[method]?.(params as never)) ?? null;
  const receive = ({ id, method, params, result: outcome, error }: Message): void => {
    if (method !== undefined) {
      void answer(method, params).then((result) => {
        if (id !== undefined) send({ id, result });
      });
      return;
    }
    const request = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || request === undefined) return;
    waiting.delete(id);
    if (error) request.reject(new Error(error.message));
    else request.resolve(outcome);
  };
  const fail = (error: Error): void => {
    failure ??= error;
    for (const request of waiting.values()) request.reject(error);
    waiting.clear();
  };

  input.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const head = received.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/i.exec(received.toString("latin1", 0, Math.max(head, 0)))?.[1]);
      if (head === -1 || received.length < head + 4 + length) return;
      const body = received.toString("utf8", head + 4, head + 4 + length);
      received = received.subarray(head + 4 + length);
      receive(JSON.parse(body) as Message);
    }
  });
  output.on("error", fail);

  return {
    request(method, params) {
      if (failure !== undefined) return Promise.reject(failure);
      requests += 1;
      const request = Promise.withResolvers<unknown>();
      waiting.set(requests, request);
      send({ id: requests, method, params });
      return request.promise;
    },
    notify(method, params) {
      send({ method, params });
    },
    fail,
  };
}
