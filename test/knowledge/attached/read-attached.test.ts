import { expect, test } from 'vitest';
import { BotError } from '#src/errors.ts';
import { type AttachedRequest, createAttachedFiles } from '#src/knowledge/attached/read-attached.ts';
import type { ReadOutcome } from '#src/knowledge/reader/read-document.ts';
import { silentLogger } from '#src/log.ts';
import type { Attachment } from '#src/platform/chat-event.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { newPlace } from '../../conversation/conversation-fixture.ts';
import { gifFile } from './gif-file.ts';

const png = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08', 'latin1');
const attached = (name: string, given: Partial<Attachment> = {}): Attachment => ({
	...{ id: name, name, mediaType: '', sizeBytes: null, source: `there/${name}` },
	...given,
});
const never = new Promise<never>(() => {});

/** Files that the platform has, by name; what is no bytes it gives or throws when asked. A file's text is its one chunk, read at once. */
function open(files: Readonly<Record<string, Uint8Array | BotError | Promise<never>>>, read?: (name: string) => Promise<ReadOutcome>) {
	const clock = createManualClock();
	const platform = createFakePlatform();
	const warned: unknown[] = [];
	const signals: AbortSignal[] = [];
	platform.fetchFile = async function* ({ name }, _place, maxBytes) {
		const file = await files[name];
		if (file === undefined || file instanceof BotError) throw file ?? new BotError('NOT_FOUND', 'gone');
		if (file.length > maxBytes) throw new BotError('TOO_LARGE', 'too much');
		yield file;
	};
	const attachedFiles = createAttachedFiles({
		...{ pacers: unpaced, clock },
		limits: { uploadBytes: () => 1_000 },
		async readFile({ name, bytes, signal }) {
			signals.push(signal);
			if (read !== undefined) return await read(name);
			const chunks = [{ text: Buffer.from(bytes).toString(), context: '', page: null }];
			return { status: 'ok', chunks, durationMs: 1, peakBytes: 1 };
		},
		logger: { ...silentLogger, warn: (facts: unknown) => void warned.push(facts) },
	});
	const request = (attachments: readonly Attachment[]): AttachedRequest => ({
		...{ platform, place: newPlace(), attachments },
		person: { userId: 'ana', role: 'ccb_employee', limits: {} },
	});
	const reading = (attachments: readonly Attachment[], signal = new AbortController().signal) =>
		attachedFiles.read(request(attachments), signal);
	return { clock, reading, warned, signals };
}

const named = (...names: string[]) => names.map((name) => attached(name));

test('files are read in their order', async () => {
	const { reading } = open({ 'a.txt': Buffer.from('first'), 'folder/b.txt': Buffer.from('second') });
	expect(await reading(named('a.txt', 'folder/b.txt'))).toMatchObject([
		{ kind: 'text', name: 'a.txt', chunks: [{ text: 'first' }], isPartial: false },
		{ kind: 'text', name: 'b.txt', chunks: [{ text: 'second' }] },
	]);
});

test('pictures are told by their content, and a GIF becomes one that does not move', async () => {
	const { reading } = open({ 'a.txt': png, 'b.png': Buffer.from('text'), 'c.gif': gifFile([[1, 2]]) });
	expect(await reading(named('a.txt', 'b.png', 'c.gif'))).toMatchObject([
		{ kind: 'picture', name: 'a.txt', bytes: png, pixels: 256 },
		{ kind: 'text', name: 'b.png' },
		{ kind: 'picture', name: 'c.gif', bytes: expect.objectContaining({ 1: 0x50 }), pixels: 2 },
	]);
});

test('each file that is not read has its reason', async () => {
	const wide = Buffer.from(png);
	wide.fill(0xff, 16, 24);
	const { reading, warned } = open({
		'large.txt': Buffer.alloc(1_001),
		'wide.png': wide,
		'half.png': png.subarray(0, 12),
		'away.txt': new BotError('PLATFORM_UNAVAILABLE', 'away'),
		'denied.txt': new BotError('PLATFORM_REJECTED', 'denied'),
	});
	const film = attached('film.mp4', { mediaType: 'video/mp4' });
	const told = attached('told.txt', { sizeBytes: 2_000 });
	const files = await reading([...named('large.txt', 'wide.png', 'half.png', 'away.txt', 'denied.txt', 'lost.txt'), film, told]);
	expect(files.map((file) => [file.name, file.kind === 'unread' && file.reason])).toEqual([
		['large.txt', 'upload-size'],
		['wide.png', 'picture-size'],
		['half.png', 'corrupt'],
		['away.txt', 'unavailable'],
		['denied.txt', 'gone'],
		['lost.txt', 'gone'],
		['film.mp4', 'unsupported'],
		['told.txt', 'upload-size'],
	]);
	expect(warned).toMatchObject([{ code: 'PLATFORM_UNAVAILABLE' }]);
});

test('what the reader says of a file is passed on', async () => {
	const { reading } = open({ 'a.pdf': Buffer.from('a'), 'b.pdf': Buffer.from('b') }, async (name) => {
		if (name === 'b.pdf') return { status: 'partial', chunks: [], durationMs: 1, peakBytes: 1 };
		return { status: 'rejected', reason: 'quarantine', durationMs: 1, peakBytes: 1 };
	});
	expect(await reading(named('a.pdf', 'b.pdf'))).toEqual([
		{ kind: 'unread', name: 'a.pdf', reason: 'quarantine' },
		{ kind: 'text', name: 'b.pdf', fileId: 'b.pdf', chunks: [], isPartial: true },
	]);
});

test('of many files the first ten are read, and of many pictures four are looked at', async () => {
	const names = Array.from({ length: 12 }, (_, at) => `${at}.png`);
	const { reading } = open(Object.fromEntries(names.map((name) => [name, png])));
	const files = await reading(named(...names));
	expect(files.map((file) => (file.kind === 'unread' ? file.reason : file.kind))).toEqual([
		...Array(4).fill('picture'),
		...Array(6).fill('too-many-pictures'),
		...Array(2).fill('too-many'),
	]);
});

test('after twenty seconds what there is has to do', async () => {
	const { reading, clock, signals } = open(
		{ 'slow.txt': never, 'quick.txt': Buffer.from('text'), 'stuck.pdf': Buffer.from('pdf') },
		(name) => (name === 'stuck.pdf' ? never : Promise.resolve({ status: 'ok', chunks: [], durationMs: 1, peakBytes: 1 })),
	);
	let files: unknown = null;
	void reading(named('slow.txt', 'quick.txt', 'stuck.pdf', 'behind.txt')).then((read) => {
		files = read;
	});
	await clock.advanceUntil(() => files !== null, 21_000);
	expect(files).toMatchObject([{ reason: 'timeout' }, { kind: 'text' }, { reason: 'timeout' }, { reason: 'timeout' }]);
	expect(signals.at(-1)?.aborted).toBe(true);
});

test('whoever stops waits for no file', async () => {
	const { reading } = open({ 'slow.txt': never });
	const stop = new AbortController();
	const files = reading(named('slow.txt'), stop.signal);
	stop.abort(new BotError('CANCELLED', 'stopped', { reason: 'by-reader' }));
	await expect(files).rejects.toMatchObject({ code: 'CANCELLED', reason: 'by-reader' });
});
