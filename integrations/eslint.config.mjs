// The lint rules of hooks, those of the React Compiler among them, as their authors recommend them.
import hooks from "eslint-plugin-react-hooks";
import typescript from "typescript-eslint";

export default [
  { files: ["**/*.ts", "**/*.tsx"], languageOptions: { parser: typescript.parser }, linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: ["**/*.ts", "**/*.tsx"], ...hooks.configs.flat["recommended-latest"] },
];
