/** What a module imports that a browser has no stand-in for, or that imports such itself. */
export const FOREIGN =
  /(?:from|import) "(?:node:(?!timers\/promises)|eslint|tailrace\/(?:node|processes|threads|watch)|@opentelemetry\/|\.\.\/collected\.ts|\.\/heard\.ts)/u;
