/** What is kept of a password: Argon2id in the form of the PHC, which carries its own parameters. */

import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** OWASP's least for Argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const current = { memoryKib: 19_456, passes: 2, lanes: 1 };
const saltBytes = 16;
const tagBytes = 32;
/** 0x13, the version of RFC 9106. */
const version = 19;

interface Parameters {
	memoryKib: number;
	passes: number;
	lanes: number;
}

const derive = promisify(argon2);

/** Work for a thread of the pool: 30 to 60 ms and 19 MiB. */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(saltBytes);
	const tag = await tagOf(password, salt, current);
	const { memoryKib, passes, lanes } = current;
	return `$argon2id$v=${version}$m=${memoryKib},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(tag)}`;
}

/** As `hashPassword`. False too for what is no such hash. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
	const read = readHash(hash);
	if (read === null) return false;
	const tag = await tagOf(password, read.salt, read.parameters);
	return tag.length === read.tag.length && timingSafeEqual(tag, read.tag);
}

/** Whether it was made with less work than is asked for now. */
export function isOutdated(hash: string): boolean {
	const parameters = readHash(hash)?.parameters;
	return parameters === undefined || parameters.memoryKib < current.memoryKib || parameters.passes < current.passes;
}

/** Normalised, since keyboards write the same sign differently; nothing is cut off. */
async function tagOf(password: string, nonce: Buffer, { memoryKib, passes, lanes }: Parameters): Promise<Buffer> {
	const message = Buffer.from(password.normalize('NFKC'), 'utf8');
	return await derive('argon2id', { message, nonce, parallelism: lanes, tagLength: tagBytes, memory: memoryKib, passes });
}

function readHash(hash: string): { parameters: Parameters; salt: Buffer; tag: Buffer } | null {
	const [, memoryKib, passes, lanes, salt, tag] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash) ?? [];
	if (salt === undefined || tag === undefined) return null;
	const parameters = { memoryKib: Number(memoryKib), passes: Number(passes), lanes: Number(lanes) };
	return { parameters, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') };
}

function unpadded(bytes: Buffer): string {
	return bytes.toString('base64').replace(/=+$/, '');
}
