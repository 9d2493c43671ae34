/** Puts a folder in place whole: it is built beside its target and renamed, so nobody sees half of it and two runs at once both end well. */

import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MendableError } from './mendable-error.mjs';

const scratchPrefix = 'new-';
/** No build takes this long: older scratch folders are the rest of runs that were interrupted. */
const abandonedAfterMs = 3_600_000;

/**
 * Builds a folder and makes it the one at `target`, unless another run has done so in the meantime.
 * @param {object} replacement
 * @param {string} replacement.target
 * @param {string} replacement.workshop Where to build; on the same disk as the target. What is left there is removed.
 * @param {(scratch: string) => string} replacement.build Works in an empty folder and returns the path that becomes the target.
 * @param {() => boolean} replacement.isInPlace Whether the target is right as it is.
 * @throws {MendableError} When the workshop cannot be written.
 */
export function replaceFolder({ target, workshop, build, isInPlace }) {
	const scratch = createScratch(workshop);
	try {
		const built = build(scratch);
		const outdated = join(scratch, 'outdated');
		while (!isInPlace()) {
			if (existsSync(target)) moveAway(target, outdated);
			moveIn(built, target);
		}
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

/** @param {string} workshop */
function createScratch(workshop) {
	try {
		mkdirSync(workshop, { recursive: true });
		removeAbandoned(workshop);
		return mkdtempSync(join(workshop, scratchPrefix));
	} catch (error) {
		const detail = error instanceof Error ? error.message : String(error);
		throw new MendableError(`The folder ${workshop} cannot be written (${detail})`, `sudo chown -R "$(id -u)" ${workshop}`);
	}
}

/** @param {string} workshop */
function removeAbandoned(workshop) {
	const scratches = readdirSync(workshop).filter((name) => name.startsWith(scratchPrefix));
	for (const path of scratches.map((name) => join(workshop, name))) {
		const changedAtMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
		if (Date.now() - changedAtMs > abandonedAfterMs) rmSync(path, { recursive: true, force: true });
	}
}

/**
 * @param {string} target
 * @param {string} outdated
 */
function moveAway(target, outdated) {
	rmSync(outdated, { recursive: true, force: true });
	try {
		renameSync(target, outdated);
	} catch (error) {
		if (!hasCode(error, 'ENOENT')) throw error; // otherwise another run has just moved it
	}
}

/**
 * @param {string} built
 * @param {string} target
 */
function moveIn(built, target) {
	try {
		renameSync(built, target);
	} catch (error) {
		if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error; // otherwise another run was first: look at what it put there
	}
}

/**
 * @param {unknown} error
 * @param {...string} codes
 */
function hasCode(error, ...codes) {
	return error instanceof Error && 'code' in error && codes.some((code) => code === error.code);
}
