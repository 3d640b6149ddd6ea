/** `npm run test:matrix` tries all versions that are promised, the suite only those most likely to break. */
export const matrix: boolean = process.env["MODE"] === "matrix";

/** Versions of ESLint, as for `npm install`. */
export const eslintVersions: readonly string[] = matrix ? ["9.0.0", "9", "10"] : ["9", "10"];
