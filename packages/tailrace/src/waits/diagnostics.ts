// Node's diagnostics channels: a name, and whoever subscribes to it, by which a library tells of what it does without
// knowing whom. Where there are none, in browsers, nobody ever subscribes.

/** As much of a channel of `node:diagnostics_channel` as is needed to publish. */
export interface Publisher<Event extends object> {
  /** To be asked first: without subscribers not even the event is made. */
  readonly hasSubscribers: boolean;
  /** Calls the subscribers now. If one throws, Node reports that as uncaught a little later, and nothing else happens. */
  publish(event: Event): void;
  /** Publishes, and calls the function with what subscribers have bound to the channel by `bindStore`. */
  runStores<Given extends unknown[], T>(event: Event, fn: (...given: Given) => T, self: unknown, ...given: Given): T;
}

interface Platform {
  readonly process?: {
    getBuiltinModule?(id: "node:diagnostics_channel"): {
      channel<Event extends object>(name: string): Publisher<Event>;
    };
  };
}

const diagnostics = (globalThis as Platform).process?.getBuiltinModule?.("node:diagnostics_channel");

const NOBODY: Publisher<object> = {
  hasSubscribers: false,
  publish: () => undefined,
  runStores: (_event, fn, _self, ...given) => fn(...given),
};

/** The channel of that name. Whoever else asks for it gets the same, in this thread. */
export function publisher<Event extends object>(name: string): Publisher<Event> {
  return diagnostics === undefined ? NOBODY : diagnostics.channel(name);
}
