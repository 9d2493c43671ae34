/** Reads Vitest's own report and counts: a run that ended badly never counts as passed. */

import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} TestCount */

/**
 * The part of Vitest's JSON report that is read here.
 * @typedef {object} TestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults One per file.
 */

/**
 * @param {string} reportFile Where Vitest was told to write; absent when it crashed.
 * @param {number} exitCode Vitest's.
 * @param {{ mayBeEmpty?: boolean }} options `mayBeEmpty`: a run that was told to leave out what does not matter may end well without any test.
 * @returns {TestCount} `failed` is at least 1 when Vitest crashed, met an unhandled error or ran no test.
 */
export function countTests(reportFile, exitCode, { mayBeEmpty = false } = {}) {
	const report = readReport(reportFile);
	const isEmpty = report === null || report.testResults.length === 0;
	if (isEmpty && mayBeEmpty && exitCode === 0) return { passed: 0, failed: 0, skipped: 0 };
	if (report === null) return { passed: 0, failed: 1, skipped: 0 };
	const failed = report.numFailedTests + report.testResults.filter(isFileFailure).length;
	const ranNothing = report.numPassedTests + failed === 0;
	const hasHiddenFailure = failed === 0 && (exitCode !== 0 || ranNothing);
	return {
		passed: report.numPassedTests,
		failed: hasHiddenFailure ? 1 : failed,
		skipped: report.numPendingTests + report.numTodoTests,
	};
}

/**
 * Whether a file failed outside its tests: while it was loaded, or in a hook.
 * @param {TestReport['testResults'][number]} file
 */
function isFileFailure(file) {
	return file.status === 'failed' && file.assertionResults.every((result) => result.status !== 'failed');
}

/**
 * @param {string} reportFile
 * @returns {TestReport | null}
 */
function readReport(reportFile) {
	try {
		return JSON.parse(readFileSync(reportFile, 'utf8'));
	} catch {
		return null; // Vitest ended before it could write, or while it wrote
	}
}
