/** What a module imports that a browser has no stand-in for. */
export const FOREIGN = /(?:from|import) "(?:node:(?!timers\/promises)|eslint|tailrace\/watch)/u;
