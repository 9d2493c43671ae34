/** What is not restored: each refused by its name in one sentence, and nothing is changed by it. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Prove } from '../https/prove.ts';
import { type Administrator, makeKey } from './administrator.ts';
import { copyBackup, cutOff, flipBytes, repack } from './damage.ts';
import { databases } from './server-databases.ts';

export interface RefusalParts {
	administrator: Administrator;
	/** Of the database, as its administrator; the bot runs on it. */
	server: string;
	folder: string;
	prove: Prove;
}

interface Refusal {
	file: string;
	/** Instead of `--verify`. */
	words?: string[];
	more?: string[];
	english: RegExp;
	spanish: RegExp;
	environment?: Record<string, string>;
}

/** Good backups to be harmed, and the proof that one is refused. */
interface Scene extends RefusalParts {
	/** Encrypted. */
	sealed: string;
	plain: string;
	refuses(name: string, refusal: Refusal): Promise<void>;
}

/** What is written into a manifest that nobody here can restore, or that does not tell the truth. */
const changes: [string, (manifest: string) => string, RegExp, RegExp][] = [
	[
		'a newer program',
		(text) => text.replace(/^program\t.*/m, 'program\t9.0.0'),
		/^Stopped: the backup is of OpenCCB 9\.0\.0/,
		/^Detenido: la copia es de OpenCCB 9\.0\.0/,
	],
	[
		'a newer schema',
		(text) => text.replace(/^schema\t.*/m, 'schema\t9999-later'),
		/^Stopped: the backup is of OpenCCB .* with the schema 9999-later/,
		/^Detenido: la copia es de OpenCCB/,
	],
	[
		'a newer form',
		(text) => text.replace(/^format\t.*/m, 'format\t2'),
		/^Stopped: the backup was written by a newer program/,
		/^Detenido: la copia la escribió/,
	],
	[
		'a newer server',
		(text) => text.replace(/^server\t.*/m, 'server\t99'),
		/^Stopped: the backup is of PostgreSQL 99/,
		/^Detenido: la copia es de PostgreSQL 99/,
	],
	[
		'vectors without pgvector',
		(text) => `${text}vectors\t0.8.0\n`,
		/^Stopped: the backup has vectors/,
		/^Detenido: la copia tiene vectores/,
	],
	[
		'a row too few',
		(text) => text.replace(/^(rows\tpublic\.messages\t)(\d+)/m, (_, start, count) => `${start}${Number(count) + 1}`),
		/^Stopped: a table has other rows .*public\.messages/,
		/^Detenido: una tabla tiene otras filas/,
	],
	[
		'what somebody reads differently',
		(text) => text.replace(/^(promise\tconversation\t.*\t).{64}$/m, `$1${'0'.repeat(64)}`),
		/^Stopped: the copy does not serve: conversation .* is not as it was/,
		/^Detenido: la copia no sirve: conversation/,
	],
];

export async function proveRefusals(parts: RefusalParts): Promise<void> {
	const { administrator, server, folder, prove } = parts;
	const plainFolder = join(folder, 'plain');
	await administrator.backup(['--plain', '--no-verify', '--target', plainFolder]);
	const before = await databases(server);
	const scene: Scene = {
		...parts,
		sealed: join(administrator.target, await onlyBackup(administrator.target)),
		plain: join(plainFolder, await onlyBackup(plainFolder)),
		async refuses(name, { file, words = ['--verify'], more = [], english, spanish, environment = {} }) {
			await prove(`refused: ${name}`, async () => {
				for (const [language, sentence] of Object.entries({ en: english, es: spanish })) {
					const { code, output } = await administrator.restore([file, ...words, ...more, '--lang', language], environment);
					assert.equal(code, 1, output);
					assert.match(output.trimEnd().split('\n').at(-1) ?? '', sentence);
				}
				assert.deepEqual(await databases(server), before);
				assert.deepEqual(await administrator.leftovers(), []);
			});
		},
	};
	await proveDamages(scene);
	await proveKeys(scene);
	await proveUnfit(scene);
	await proveRoom(scene);
}

async function proveDamages({ sealed, plain, folder, server, refuses }: Scene): Promise<void> {
	const cut = await copyBackup(sealed, folder, { hasSum: true });
	await cutOff(cut);
	await refuses('what was cut off', {
		file: cut,
		english: /^Stopped: openccb-.* was cut off: it has \d+ of \d+ bytes/,
		spanish: /^Detenido: .* está cortada: tiene/,
	});
	const alone = await copyBackup(sealed, folder, { hasSum: false });
	await cutOff(alone);
	await refuses('what was cut off, without its hash', {
		file: alone,
		english: /^Stopped: openccb-.* was damaged or cut off/,
		spanish: /^Detenido: .* está dañada o cortada/,
	});
	for (const [name, file] of [
		['encrypted', sealed],
		['plain', plain],
	] as const) {
		for (const hasSum of [true, false]) {
			const flipped = await copyBackup(file, folder, { hasSum });
			await flipBytes(flipped);
			await refuses(`50 flipped bytes in an ${name} one, ${hasSum ? 'with' : 'without'} its hash`, {
				file: flipped,
				english: /^Stopped: .* was damaged/,
				spanish: /^Detenido: .* está dañada/,
			});
		}
	}
	const empty = await copyBackup(plain, folder, { hasSum: false });
	await repack(empty, async ({ folder: parts, manifest }) => {
		const url = new URL(server);
		const words = [
			'--format=custom',
			'--schema-only',
			'--host',
			url.hostname,
			'--port',
			url.port,
			'--username',
			'postgres',
			'--file',
			join(parts, 'database.dump'),
			'openccb',
		];
		execFileSync('pg_dump', words);
		return manifest;
	});
	await refuses('an empty dump', {
		file: empty,
		english: /^Stopped: the dump in this backup is empty/,
		spanish: /^Detenido: el volcado de esta copia está vacío/,
	});
}

async function proveKeys({ sealed, folder, administrator, prove, refuses }: Scene): Promise<void> {
	const strange = join(folder, 'strange');
	await makeKey(strange);
	await refuses('a wrong key', {
		file: sealed,
		more: ['--identity', strange],
		english: /^Stopped: .* was not encrypted for this key/,
		spanish: /^Detenido: .* no se cifró para esta clave/,
	});
	await refuses('no key', {
		file: sealed,
		environment: { OPENCCB_BACKUP_IDENTITY: '' },
		english: /^Stopped: this backup is encrypted/,
		spanish: /^Detenido: esta copia está cifrada/,
	});
	const note = join(folder, 'note.tar');
	await writeFile(join(folder, 'note'), 'no backup');
	execFileSync('tar', ['-c', '-C', folder, '-f', note, 'note']);
	await refuses('what is no backup', {
		file: note,
		english: /^Stopped: note\.tar is no backup/,
		spanish: /^Detenido: note\.tar no es una copia/,
	});
	await prove('refused: to write in the clear without being told so', async () => {
		const { code, output } = await administrator.backup([], { OPENCCB_BACKUP_RECIPIENTS: join(folder, 'nobody') });
		assert.equal(code, 1);
		assert.match(output, /^Stopped: there is no key to encrypt for/m);
	});
}

async function proveUnfit({ sealed, plain, folder, refuses }: Scene): Promise<void> {
	for (const [name, change, english, spanish] of changes) {
		const file = await copyBackup(plain, folder, { hasSum: false });
		await repack(file, async ({ manifest }) => change(manifest));
		await refuses(name, { file, english, spanish });
	}
	await refuses('a running program', {
		file: sealed,
		words: ['--yes', '--replace'],
		english: /^Stopped: \d+ connections are open/,
		spanish: /^Detenido: hay \d+ conexiones abiertas/,
	});
}

async function proveRoom({ sealed, folder, administrator, prove, refuses }: Scene): Promise<void> {
	const small = await mkdtemp(join(folder, 'small-'));
	execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=100k', 'none', small]);
	try {
		await refuses('a full disk', {
			file: sealed,
			environment: { OPENCCB_BACKUP_WORK: small },
			english: /^Stopped: the disk is full at /,
			spanish: /^Detenido: el disco está lleno en /,
		});
		await prove('a backup for which there is no room leaves nothing, and the sign of the last one as it was', async () => {
			const signs = await administrator.signs();
			for (const more of [['--target', join(small, 'there')], []] as string[][]) {
				const { code, output } = await administrator.backup(
					['--no-verify', ...more],
					more.length === 0 ? { OPENCCB_BACKUP_WORK: small } : {},
				);
				assert.equal(code, 1, output);
				assert.match(output, /^Stopped: the disk is full at /m);
			}
			await mkdir(join(small, 'there'), { recursive: true });
			assert.deepEqual(await readdir(join(small, 'there')), []);
			assert.deepEqual(await administrator.signs(), signs);
		});
	} finally {
		execFileSync('umount', [small]);
	}
}

async function onlyBackup(folder: string): Promise<string> {
	return (await readdir(folder)).find((name) => /\.tar(\.age)?$/.test(name)) ?? '';
}
