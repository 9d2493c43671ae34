/** Secrets that stand in files: `NAME_FILE` names one whose content is the value of `NAME`, as container and service managers hand them out. */

import { readFileSync } from 'node:fs';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface SecretFilesReading {
	/** What was given, without what is empty, and with the content of each file as the value of its variable. */
	given: Record<string, string>;
	/** Those variables whose value is not known, because their file does not do. */
	unknown: string[];
	/** Each names the variable that is wrong and why, never a value. */
	problems: string[];
}

/** @param secrets The variables that a file may hold. Never throws. */
export function readSecretFiles(environment: Environment, secrets: readonly string[]): SecretFilesReading {
	const given = Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => isSet(entry[1])));
	const reading: SecretFilesReading = { given, unknown: [], problems: [] };
	for (const name of secrets) {
		const file = given[fileVariable(name)];
		if (file === undefined) continue;
		const read = given[name] === undefined ? readSecret(file) : { problem: `does not go with ${name}: keep one of the two` };
		if ('value' in read) {
			given[name] = read.value;
		} else {
			delete given[name];
			reading.unknown.push(name);
			reading.problems.push(`${fileVariable(name)} ${read.problem}`);
		}
	}
	return reading;
}

function fileVariable(name: string): string {
	return `${name}_FILE`;
}

function isSet(value: string | undefined): boolean {
	return value !== undefined && value.trim() !== '';
}

/** Editors and `echo` end a file with a line break, which no secret has. */
function readSecret(file: string): { value: string } | { problem: string } {
	try {
		const value = readFileSync(file, 'utf8').replace(/[\r\n]+$/, '');
		if (!isSet(value)) return { problem: 'names an empty file' };
		return /[\r\n]/.test(value) ? { problem: 'names a file of several lines' } : { value };
	} catch (thrown) {
		const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
		return { problem: problems[code] ?? `names a file that cannot be read (${code})` };
	}
}

const problems: Readonly<Record<string, string>> = {
	ENOENT: 'names a file that is not there',
	ENOTDIR: 'names a file that is not there',
	EACCES: 'names a file that this account may not read',
	EPERM: 'names a file that this account may not read',
	EISDIR: 'names a folder',
};
