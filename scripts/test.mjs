/** `npm test`: brings what the tests need, runs them and ends with `N passed, N failed`. Arguments go to Vitest; see docs/testing.md. */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runScript } from './toolchain/mendable-error.mjs';
import { ensureNewestPostgres } from './toolchain/newest-postgres.mjs';
import { cacheFolder, projectFolder } from './toolchain/project.mjs';
import { runNode } from './toolchain/run-node.mjs';
import { ensureSystemParts } from './toolchain/system-parts.mjs';
import { testArguments } from './toolchain/test-arguments.mjs';
import { countTests } from './toolchain/test-result.mjs';

process.chdir(projectFolder);
await runScript(async () => {
	ensureSystemParts();
	ensureNewestPostgres();
	mkdirSync(cacheFolder, { recursive: true });
	const reportFolder = mkdtempSync(join(cacheFolder, 'test-report-'));
	try {
		return await runTests(join(reportFolder, 'report.json'));
	} finally {
		rmSync(reportFolder, { recursive: true, force: true });
	}
});

/**
 * @param {string} reportFile
 * @returns {Promise<number>} The exit code.
 */
async function runTests(reportFile) {
	const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
	const { words, isPartial } = testArguments(process.argv.slice(2));
	const exitCode = await runNode([...vitest, ...words]);
	const { passed, failed, skipped } = countTests(reportFile, exitCode, { mayBeEmpty: isPartial });
	if (skipped > 0) console.log(`${skipped} skipped`);
	console.log(`${passed} passed, ${failed} failed`);
	return failed === 0 ? 0 : 1;
}
