// The connections of this process with the brokers of others, one with each.
import { createConnection } from "node:net";
import process from "node:process";
import { Client } from "./client.ts";
import { NameError } from "./errors.ts";
import { processOf } from "./folder.ts";
import { FrameReader } from "./frames.ts";
import { counted } from "./link.ts";
import type { Link } from "./link.ts";
import { greeted, greeting, textOf } from "./messages.ts";
import type { Message } from "./messages.ts";
import { Outbox } from "./outbox.ts";
import { INTRODUCTION, SHORT } from "./receive.ts";

const connections = new Map<string, Promise<Link>>();

/** The connection with the broker behind a socket. Whoever gets it uses it and leaves it, in the same turn or later. */
export function linkTo(path: string, socket: string): Promise<Link> {
  let link = connections.get(path);
  if (link === undefined) {
    link = connect(path, socket, () => connections.delete(path));
    connections.set(path, link);
  }
  return link;
}

function connect(path: string, socket: string, forget: () => void): Promise<Link> {
  const connection = createConnection(path);
  const outbox = new Outbox(connection);
  const reader = new FrameReader(SHORT);
  const client = new Client((message) => {
    outbox.add(message);
  });
  /** Handles, and what is opened. */
  let users = 0;
  /** What the broker has said, or somebody who is none, before the connection ended. */
  let fault: string | undefined;

  const link: Link = {
    owner: processOf(socket),
    client,
    use() {
      users++;
    },
    expect(bytes) {
      reader.most = Math.max(reader.most, bytes);
    },
    leave() {
      if (--users > 0) return;
      forget();
      connection.end();
    },
    ...counted((isHeld) => (isHeld ? connection.ref() : connection.unref())),
  };

  return new Promise((resolve, reject) => {
    let isWelcome = false;

    connection.on("connect", () => {
      outbox.add({ type: "hello", thing: 0, id: 0, payload: greeting(process.pid) });
    });
    connection.setTimeout(INTRODUCTION, () => {
      end(`does not answer`);
    });
    connection.on("data", (piece) => {
      try {
        for (const message of reader.read(piece)) hear(message);
      } catch (error) {
        end(`has sent ${(error as Error).message}`);
      }
    });
    connection.on("error", ({ code, message }: NodeJS.ErrnoException) => {
      // That it is not there, or not any more.
      if (code !== "ECONNREFUSED" && code !== "ENOENT" && code !== "ECONNRESET" && code !== "EPIPE") fault ??= message;
    });
    connection.on("close", () => {
      forget();
      const why = fault ?? "has ended";
      const error = new NameError(fault === undefined ? "GONE" : "REFUSED", `${link.owner} ${why}`);
      if (isWelcome) client.desert(error);
      else reject(error);
    });

    function hear(message: Message): void {
      if (message.type === "fault") end(`says that ${textOf(message.payload)}`);
      else if (isWelcome) client.receive(message);
      else if (message.type !== "welcome" || greeted(message.payload) === undefined) end("speaks another version");
      else {
        isWelcome = true;
        connection.setTimeout(0);
        connection.unref();
        resolve(link);
      }
    }

    function end(why: string): void {
      fault ??= why;
      connection.destroy();
    }
  });
}
