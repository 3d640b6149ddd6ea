export * from "./pair.ts";
export { default as sum } from "./sum.ts";
