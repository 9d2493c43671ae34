/** Keeps a second process out of a data folder: the embedded database itself would let it in, and both would ruin the files. */

import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { BotError } from '../errors.ts';

export interface FolderLock {
	/** Gives the folder free. Harmless when called twice. */
	release(): Promise<void>;
}

/** What the lock file says about its holder. */
interface Holder {
	pid: number;
	/** When the process began, as the kernel counts: tells a reused pid apart. Null where the system does not say. */
	startedAt: string | null;
	/** A pid means something on its own host or container only. */
	host: string;
}

interface FoundLock {
	content: string;
	/** Null while it is being written. */
	holder: Holder | null;
	ageMs: number;
}

const REFRESH_MS = 5_000;
/** Where the pid says nothing, a lock that was not refreshed for so long belongs to a dead process: four refreshes were missed. */
const STALE_MS = 20_000;
const ATTEMPTS = 3;
/** Nobody else on the machine has anything to look for beside the database. */
const folderMode = 0o700;
const fileMode = 0o600;

/**
 * Takes the lock file at `path`, over from a dead holder if need be.
 * @throws BotError `CONFIG_INVALID` when a live process holds it; the message names `folder` and the holder's pid.
 */
export async function lockFolder(path: string, folder: string): Promise<FolderLock> {
	const content = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid), host: hostname() } satisfies Holder);
	await mkdir(dirname(path), { recursive: true, mode: folderMode });
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		if (await create(path, content)) return hold(path, content);
		const found = await findLock(path);
		if (found && isAlive(found)) throw folderTaken(folder, found.holder);
		if (found && (await takeOver(path, found.content, content))) return hold(path, content);
	}
	throw folderTaken(folder, null);
}

/** Who holds the lock file at `path` now; null when nobody alive does. `pid` is null while the holder is just starting. */
export async function findHolder(path: string): Promise<{ pid: number | null; host: string } | null> {
	const found = await findLock(path);
	if (found === null || !isAlive(found)) return null;
	return { pid: found.holder?.pid ?? null, host: found.holder?.host ?? hostname() };
}

async function create(path: string, content: string): Promise<boolean> {
	try {
		await writeFile(path, content, { flag: 'wx', mode: fileMode });
		return true;
	} catch (error) {
		if (hasCode(error, 'EEXIST')) return false;
		throw new BotError('CONFIG_INVALID', `cannot write ${path}`, { cause: error });
	}
}

function hold(path: string, content: string): FolderLock {
	const refresh = setInterval(() => {
		const now = new Date();
		// A lock that cannot be refreshed still holds on this host, so there is nothing to do about it here.
		utimes(path, now, now).catch(() => {});
	}, REFRESH_MS);
	refresh.unref();
	let isHeld = true;
	return {
		release: async () => {
			if (!isHeld) return;
			isHeld = false;
			clearInterval(refresh);
			if ((await findLock(path))?.content === content) await rm(path, { force: true });
		},
	};
}

async function findLock(path: string): Promise<FoundLock | null> {
	try {
		const [content, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
		return { content, holder: parseHolder(content), ageMs: Date.now() - mtimeMs };
	} catch (error) {
		if (hasCode(error, 'ENOENT')) return null;
		throw error;
	}
}

function parseHolder(content: string): Holder | null {
	try {
		const { pid, startedAt, host }: Partial<Holder> = JSON.parse(content);
		return typeof pid === 'number' && typeof host === 'string' ? { pid, startedAt: startedAt ?? null, host } : null;
	} catch {
		return null;
	}
}

function isAlive({ holder, ageMs }: FoundLock): boolean {
	if (holder?.host !== hostname()) return ageMs < STALE_MS;
	return isRunning(holder.pid) && startOf(holder.pid) === holder.startedAt;
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: there is such a process, and it is somebody else's.
		return hasCode(error, 'EPERM');
	}
}

/** Field 22 of `/proc/<pid>/stat` (Linux manual, "proc_pid_stat(5)"). The second field is a name in parentheses that may hold spaces. */
function startOf(pid: number): string | null {
	try {
		const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
		return afterName.split(' ')[19] ?? null;
	} catch {
		return null;
	}
}

/**
 * Puts our lock in the place of a dead one, under a guard file, so that nobody removes a lock that somebody else has just taken.
 * False when another process was quicker.
 */
async function takeOver(path: string, deadContent: string, content: string): Promise<boolean> {
	const guard = `${path}.takeover`;
	if (!(await create(guard, content))) {
		const left = await findLock(guard);
		// A guard lives for milliseconds: an old one was left by a process that died within them.
		if (left && left.ageMs > STALE_MS) await rm(guard, { force: true });
		return false;
	}
	try {
		const found = await findLock(path);
		if (found?.content !== deadContent) return false;
		await rm(path, { force: true });
		return await create(path, content);
	} finally {
		await rm(guard, { force: true });
	}
}

function folderTaken(folder: string, holder: Holder | null): BotError {
	const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process that is just starting';
	return new BotError(
		'CONFIG_INVALID',
		`the data folder ${folder} is in use by ${who}; one process at a time can use the embedded database`,
	);
}

function hasCode(error: unknown, code: string): boolean {
	return error instanceof Error && 'code' in error && error.code === code;
}
