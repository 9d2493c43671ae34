/** Keeps other users of the machine out of the folders of the program, where what people said and their documents lie unencrypted. */

import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { BotError } from '../errors.ts';
import type { Logger } from '../log.ts';

export interface FolderPrivacy {
	/** Somebody else than its owner may list, enter or change it. */
	isOpen: boolean;
	/** It is a link; the rest is said of where it leads, and of whose the link is. */
	isLink: boolean;
	/** It belongs neither to us nor to root: its owner can always enter. */
	isForeign: boolean;
}

export interface FolderClosing {
	/** What lies there, for the log: `the embedded database`. */
	holds: string;
	logger: Logger;
	/** Who we are, where that is not what the system says. */
	userId?: number | undefined;
}

/** Rights of the group and of everybody else. */
const othersMode = 0o077;
const folderMode = 0o700;
const fileMode = 0o600;
/** In a folder with this bit, such as `/tmp`, many people keep what is theirs. */
const stickyMode = 0o1000;
/** Who may write in a folder and enter it can rename what lies there, and put something else in its place. */
const groupRenames = 0o030;
const everybodyRenames = 0o003;
/** So many files are looked at at once: a database has a thousand, and a process often may open no more. */
const filesAtOnce = 64;

/** Undefined where the system knows no such users. */
const ourUserId = process.geteuid?.();
const ourGroupId = process.getegid?.();

/** What others can do with the folder, or with a file; null while there is none, and where the system knows no users. */
export async function inspectPrivacy(folder: string, userId = ourUserId): Promise<FolderPrivacy | null> {
	const found = await lstat(folder).catch(() => null);
	const target = found?.isSymbolicLink() ? await stat(folder).catch(() => null) : found;
	if (!found || !target || userId === undefined) return null;
	const isForeign = [found, target].some(({ uid }) => uid !== userId && uid !== 0);
	return { isOpen: isOpen(target), isLink: found.isSymbolicLink(), isForeign };
}

/**
 * The closest folder above this one in which somebody else than root and its owner may rename: they could put another in its place, which the
 * program would then open. Null for none, and where the system knows no users. What is missing is made for the program alone.
 */
export async function findLooseHolder(folder: string, userId = ourUserId): Promise<string | null> {
	if (userId === undefined) return null;
	const path = resolve(folder);
	// Whoever renames what a link leads to does the same; the folder itself may still be missing.
	const target = await realpath(path)
		.catch(async () => join(await realpath(dirname(path)), basename(path)))
		.catch(() => path);
	for (const holder of new Set([...holdersOf(path), ...holdersOf(target)])) {
		const found = await stat(holder).catch(() => null);
		if (found && isLoose(found, userId)) return holder;
	}
	return null;
}

/**
 * Makes `folder` if it is missing, and closes it, and the one that holds it where that is the program's alone. Nothing behind a link is
 * changed. The log is warned of what was open, of what stays so, and of others who can put another folder in its place.
 * @throws BotError `CONFIG_INVALID` when it belongs to another user, who would read everything.
 */
export async function closeFolder(folder: string, { holds, logger, userId = ourUserId }: FolderClosing): Promise<void> {
	// What stands in the way is told by whoever opens what is in it.
	await mkdir(folder, { recursive: true, mode: folderMode }).catch(() => {});
	const before = await inspectPrivacy(folder, userId);
	// Root enters everything, and may work in what it made for somebody else.
	if (before?.isForeign && userId !== 0) throw foreignFolder(folder);
	const mended = [await closeEntry(folder, folderMode), await closeHolder(dirname(resolve(folder)), basename(folder))];
	const after = await inspectPrivacy(folder, userId);
	if (after?.isOpen || after?.isForeign) {
		const advice = 'give it to the user of the program (chown) and take the rights of all others away (chmod 700)';
		logger.warn({ folder, ...after }, `other users of this machine can read ${holds}, and the program cannot change that: ${advice}`);
	} else if (mended.includes(true)) {
		logger.warn({ folder }, `other users of this machine could enter the folder of ${holds}; from now on they cannot`);
	}
	await warnOfHolder(folder, { holds, logger, userId });
}

/** Takes the rights of others away from all that lies in the folder: a copy of it may stand where nothing keeps them out. */
export async function closeFiles(folder: string): Promise<void> {
	if ((await inspectPrivacy(folder))?.isLink !== false) return;
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	for (let first = 0; first < entries.length; first += filesAtOnce) {
		const some = entries.slice(first, first + filesAtOnce);
		await Promise.all(some.map((entry) => closeEntry(join(entry.parentPath, entry.name), entry.isDirectory() ? folderMode : fileMode)));
	}
}

/** Opened first and then changed, so that nobody can put a link in its place between looking and changing. @returns whether it was open. */
async function closeEntry(path: string, mode: number, isOurs: (found: Stats) => boolean = () => true): Promise<boolean> {
	let entry: FileHandle | undefined;
	try {
		// Most are closed already, and a look costs a third of opening.
		if (!isOpen(await lstat(path))) return false;
		entry = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
		const found = await entry.stat();
		if (!isOpen(found) || !isOurs(found)) return false;
		await entry.chmod(mode);
		return true;
	} catch {
		return false; // whether others can enter is looked at again afterwards
	} finally {
		await entry?.close();
	}
}

/** The data folder may be one that others use for something else: then only what is ours in it is closed. */
async function closeHolder(holder: string, name: string): Promise<boolean> {
	const entries = await readdir(holder).catch(() => []);
	const isNeeded = [process.cwd(), homedir()].some((place) => `${place}${sep}`.startsWith(holder === sep ? sep : `${holder}${sep}`));
	if (isNeeded || !entries.every((entry) => entry.startsWith(name))) return false;
	return await closeEntry(holder, folderMode, ({ mode, uid }) => uid === ourUserId && (mode & stickyMode) === 0);
}

async function warnOfHolder(folder: string, { holds, logger, userId }: FolderClosing): Promise<void> {
	const holder = await findLooseHolder(folder, userId);
	if (holder === null) return;
	const advice = 'let nobody else write there (chmod go-w, and chown where it is not yours), or choose another folder in OPENCCB_DATA';
	logger.warn({ folder, holder }, `other users of this machine can put another folder in the place of that of ${holds}: ${advice}`);
}

function holdersOf(path: string): string[] {
	const holder = dirname(path);
	return holder === path ? [] : [holder, ...holdersOf(holder)];
}

/** Many systems give each user a group of their own, under the same number, in which nobody else is. */
function isLoose({ mode, uid, gid }: Stats, userId: number): boolean {
	if (uid !== userId && uid !== 0) return true;
	if ((mode & stickyMode) !== 0) return false;
	const isOwnGroup = gid === userId && gid === ourGroupId;
	return (mode & everybodyRenames) === everybodyRenames || ((mode & groupRenames) === groupRenames && !isOwnGroup);
}

function isOpen({ mode }: Stats): boolean {
	return (mode & othersMode) !== 0;
}

function foreignFolder(folder: string): BotError {
	const advice = 'give it to the user of the program (chown), or choose another folder in OPENCCB_DATA';
	return new BotError(
		'CONFIG_INVALID',
		`the folder ${folder} belongs to another user of this machine, who could read everything: ${advice}`,
	);
}
