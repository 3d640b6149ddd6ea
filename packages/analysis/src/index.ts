export { findStarvation } from "./events/finding.ts";
export type { Consumer, Finding } from "./events/finding.ts";
export type { InterpretOptions } from "./events/interpret.ts";
export { codePathOf } from "./flow/code-path.ts";
export type { CodePath, CodePathOwner, Step, StepKind } from "./flow/code-path.ts";
export { catalogOf, libraries } from "./models/catalog.ts";
export type { Catalog } from "./models/catalog.ts";
export type { ApiModel, CapacityModel, KindModel, LibraryModel, MemberRole } from "./models/model.ts";
export type { SourceFile, TypeServices } from "./source/source-file.ts";
