// The folders that the build scripts share. They are found from this file, so the scripts work from
// any folder.
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

export const root = at("../../");
export const config = at("../");
export const sources = at("../src/");
export const built = at("../build/");
export const pkg = at("../../pkg/");
export const dist = at("../../pkg/dist/");
export const installed = at("../node_modules/portform/");
