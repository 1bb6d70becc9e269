// Prints what a browser downloads of each entry, compressed as a server would, and fails when one is
// over its budget in size-budget.json, which stands a little above what was last measured. The aim (brotli) is
// printed beside it and judged by nobody. With --no-budget it only prints.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { config, pkg } from "./paths.mjs";

const { entries, inlineRatio } = JSON.parse(readFileSync(join(config, "size-budget.json"), "utf8"));
const judging = !process.argv.includes("--no-budget");
const over = [];

const sizes = {};
for (const [name, { files, brotli, gzip, aim }] of Object.entries(entries)) {
  const size = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const bytes = readFileSync(join(pkg, file));
    size.raw += bytes.length;
    size.gzip += gzipSync(bytes, { level: 9 }).length;
    size.brotli += brotliCompressSync(bytes).length;
  }
  sizes[name] = size;
  console.log(
    `    ${name.padEnd(8)} ${size.raw} bytes, gzip ${size.gzip} of ${gzip}, brotli ${size.brotli} of ${brotli}, aim ${aim}   (${files.join(" + ")})`,
  );
  if (size.brotli > brotli) over.push(`${name}: brotli ${size.brotli} is over ${brotli}`);
  if (size.gzip > gzip) over.push(`${name}: gzip ${size.gzip} is over ${gzip}`);
}

const ratio = sizes.default.brotli / sizes.slim.brotli;
console.log(`    the default entry, wasm inside, is ${ratio.toFixed(2)} times slim (brotli), of ${inlineRatio}`);
if (ratio > inlineRatio) over.push(`the default entry is ${ratio.toFixed(2)} times slim, over ${inlineRatio}`);

if (judging && over.length > 0) {
  for (const line of over) console.error(line);
  process.exit(1);
}
