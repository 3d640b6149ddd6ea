export { blame, joinsOf } from "./events/blame.ts";
export { starvations } from "./events/order.ts";
export type { Starvation } from "./events/order.ts";
export { interpret } from "./events/interpret.ts";
export type { InterpretOptions } from "./events/interpret.ts";
export { catalogOf, libraries } from "./models/catalog.ts";
export type { Catalog } from "./models/catalog.ts";
export type { LibraryModel, ApiModel, CapacityModel, KindModel, MemberRole } from "./models/model.ts";
export type { SourceFile, TypeServices } from "./source/source-file.ts";
