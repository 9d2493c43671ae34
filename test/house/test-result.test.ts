/** A test run that went wrong in any way must not count as passed. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { countTests } from '../../scripts/toolchain/test-result.mjs';

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'openccb-test-result-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const empty = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
const goodFile = { status: 'passed', assertionResults: [{ status: 'passed' }] };
const failedFile = { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] };
const brokenFile = { status: 'failed', assertionResults: [] };
const brokenHookFile = { status: 'failed', assertionResults: [{ status: 'passed' }] };

test.each([
	['counts a good run', { ...empty, numPassedTests: 1, testResults: [goodFile] }, 0, { passed: 1, failed: 0, skipped: 0 }],
	[
		'counts failed tests',
		{ ...empty, numPassedTests: 1, numFailedTests: 1, testResults: [failedFile] },
		1,
		{ passed: 1, failed: 1, skipped: 0 },
	],
	[
		'counts a file that could not be loaded',
		{ ...empty, numPassedTests: 1, testResults: [goodFile, brokenFile] },
		1,
		{ passed: 1, failed: 1, skipped: 0 },
	],
	['counts a hook that failed', { ...empty, numPassedTests: 1, testResults: [brokenHookFile] }, 1, { passed: 1, failed: 1, skipped: 0 }],
	[
		'counts an unhandled error beside good tests',
		{ ...empty, numPassedTests: 1, testResults: [goodFile] },
		1,
		{ passed: 1, failed: 1, skipped: 0 },
	],
	['refuses a run without tests', empty, 0, { passed: 0, failed: 1, skipped: 0 }],
	['refuses a run that skipped everything', { ...empty, numPendingTests: 2, numTodoTests: 1 }, 0, { passed: 0, failed: 1, skipped: 3 }],
])('%s', (_, report, exitCode, count) => {
	const file = join(folder, 'report.json');
	writeFileSync(file, JSON.stringify(report));
	expect(countTests(file, exitCode)).toEqual(count);
});

test('counts a crash without a report as a failure', () => {
	expect(countTests(join(folder, 'absent.json'), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('counts a report that was cut short as a failure', () => {
	const file = join(folder, 'report.json');
	writeFileSync(file, '{"numPassedTests": 3');
	expect(countTests(file, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

describe('a run of what a change can touch', () => {
	it('may end well without a test, where nothing was touched', () => {
		expect(countTests(join(folder, 'absent.json'), 0, { mayBeEmpty: true })).toEqual({ passed: 0, failed: 0, skipped: 0 });
	});

	it('has failed when it ended badly', () => {
		expect(countTests(join(folder, 'absent.json'), 1, { mayBeEmpty: true })).toEqual({ passed: 0, failed: 1, skipped: 0 });
	});
});
