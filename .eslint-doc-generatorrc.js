// eslint-doc-generator holds the pages of the rules to the plugin: `npm run docs` runs it after docs/generate.ts.

/** @type {import("eslint-doc-generator").GenerateOptions} */
export default {
  pathRuleDoc: "docs/rules/{name}.md",
  pathRuleList: "docs/rules/README.md",
  ruleDocTitleFormat: "name",
  ruleDocSectionInclude: ["Reported", "Not reported", "Limits"],
  // The presets, and what else there is to say of a rule, are written in words by docs/generate.ts.
  ignoreConfig: ["disableTypeChecked", "recommended", "recommendedTypeChecked", "strict", "strictTypeChecked"],
  ruleDocNotices: ["deprecated", "description"],
  ruleListColumns: ["name", "description", "deprecated"],
  postprocess: (markdown) => markdown.replaceAll(/^\u{1F4DD} /gmu, ""), // the picture before a description
};
