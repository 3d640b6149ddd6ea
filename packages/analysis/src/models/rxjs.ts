import { CHAIN, DRIVE } from "./model.ts";
import type { LibraryModel } from "./model.ts";

/** RxJS: an observable reads its source when somebody subscribes. */
export const rxjs: LibraryModel = {
  modules: ["rxjs"],
  exports: {
    from: { role: "lazy", kind: "Observable" },
    defer: { role: "lazy", kind: "Observable" },
    lastValueFrom: { role: "drive" },
    firstValueFrom: { role: "drive" },
  },
  kinds: {
    Observable: { reads: true, members: { pipe: CHAIN, subscribe: DRIVE, forEach: DRIVE }, otherwise: DRIVE },
  },
};
