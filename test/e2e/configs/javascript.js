import tailrace from "eslint-plugin-tailrace";

export default [tailrace.configs.recommended];
