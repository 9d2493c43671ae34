/** Which version of the program this is, and of which commit. */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageFile from '../package.json' with { type: 'json' };

export interface Build {
	/** Three numbers with points between them. */
	version: string;
	/** A commit's hash, or what whoever built it says; `unknown` where nobody does. */
	commit: string;
}

export const programVersion: string = packageFile.version;

const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** @param commit As the settings say, for where no working copy of git is; null where they say nothing. */
export function describeBuild(commit: string | null, folder = projectFolder): Build {
	return { version: programVersion, commit: commit ?? checkedOutCommit(folder) ?? 'unknown' };
}

/** As git would say it, which need not be there ("gitrepository-layout"). Null where it cannot be told. */
function checkedOutCommit(folder: string): string | null {
	try {
		const gitFolder = gitFolderOf(folder);
		const head = readText(join(gitFolder, 'HEAD'));
		const branch = /^ref: (.+)$/.exec(head)?.[1];
		return hashIn(branch === undefined ? head : tipOf(branch, commonFolderOf(gitFolder)));
	} catch {
		return null;
	}
}

/** A further working copy has a file in its place, which says where the folder is. */
function gitFolderOf(folder: string): string {
	const git = join(folder, '.git');
	const elsewhere = optionalText(git)?.replace(/^gitdir: /, '');
	return elsewhere === undefined ? git : resolve(folder, elsewhere);
}

/** What working copies share lies in the folder of the first one. */
function commonFolderOf(gitFolder: string): string {
	return resolve(gitFolder, optionalText(join(gitFolder, 'commondir')) ?? '.');
}

/** In a file of its own, or in one for many. */
function tipOf(branch: string, commonFolder: string): string {
	const own = optionalText(join(commonFolder, branch));
	if (own !== undefined) return own;
	const lines = readText(join(commonFolder, 'packed-refs')).split('\n');
	return lines.find((line) => line.endsWith(` ${branch}`))?.split(' ')[0] ?? '';
}

function hashIn(text: string): string | null {
	return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text) ? text : null;
}

function optionalText(file: string): string | undefined {
	try {
		return readText(file);
	} catch {
		return undefined;
	}
}

function readText(file: string): string {
	return readFileSync(file, 'utf8').trim();
}
