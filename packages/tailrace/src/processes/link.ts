import type { Client } from "./client.ts";

/** What connects the handles of this process with the broker of some process, which may be this one. */
export interface Link {
  /** Who keeps what they are handles of, such as `process 4711`. */
  readonly owner: string;
  readonly client: Client;
  /** Keeps this process alive, as long as it is not told as often to let it go. */
  hold(): void;
  letGo(): void;
  /** A handle begins to use it. */
  use(): void;
  /** Payloads may have so many bytes. */
  expect(bytes: number): void;
  /** A handle does not need it any more. */
  leave(): void;
}

/** Counts who holds something, and tells when there is somebody, and when there is nobody any more. */
export function counted(onChange: (isHeld: boolean) => void): Pick<Link, "hold" | "letGo"> {
  let holds = 0;
  return {
    hold() {
      if (holds++ === 0) onChange(true);
    },
    letGo() {
      if (--holds === 0) onChange(false);
    },
  };
}
