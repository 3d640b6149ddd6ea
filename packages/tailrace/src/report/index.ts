export { html } from "./html.ts";
export { mermaid } from "./mermaid.ts";
