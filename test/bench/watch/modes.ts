// How much is known of the waits of a process. A mode is entered before anything of the library is loaded, and the
// library is that of the sources: what takes out its registry needs to know how it is written.
import { registerHooks } from "node:module";

const REGISTRY = "/packages/tailrace/src/waits/registry.ts";

export const modes = {
  unregistered: removeRegistry,
  registered: () => Promise.resolve(nothing),
  "watched without call sites": () => watch(false),
  watched: () => watch(true),
};

export type Mode = keyof typeof modes;

/** Throws if the mode has not come about, once the library is loaded. */
type Check = () => void;

const nothing: Check = () => undefined;

async function watch(callSites: boolean): Promise<Check> {
  const { watch } = await import("tailrace/watch");
  watch({ callSites });
  return nothing;
}

/** Makes waits neither enter the registry nor leave it. Who waits is in the queue of what it waits for all the same. */
function removeRegistry(): Promise<Check> {
  let isRemoved = false;
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.endsWith(REGISTRY) || loaded.source == null) return loaded;
      const text = typeof loaded.source === "string" ? loaded.source : new TextDecoder().decode(loaded.source);
      isRemoved = true;
      return { ...loaded, source: emptied(emptied(text, "enter"), "leave") };
    },
  });
  return Promise.resolve(() => {
    if (!isRemoved) throw new Error(`the library was loaded without ${REGISTRY}`);
  });
}

/** The source, the function of that name without its body. */
function emptied(source: string, name: string): string {
  const whole = new RegExp(String.raw`^(export function ${name}\([^)]*\): void \{)\n[^]*?^\}$`, "mu");
  if (!whole.test(source)) throw new Error(`no function ${name} to empty in ${REGISTRY}`);
  return source.replace(whole, "$1}");
}
