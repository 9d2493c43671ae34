/** What the process that parses may do: nothing but parse. Limits are set so low that any file goes beyond them, so that nothing has to be waited for. */

import { execFile } from 'node:child_process';
import { constants, getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cageCommand } from '#src/knowledge/reader/cage-command.ts';
import { standardLimits } from '#src/knowledge/reader/limits.ts';
import { type ReadOutcome, readDocument } from '#src/knowledge/reader/read-document.ts';
import { silentLogger } from '#src/log.ts';
import { wordFile } from '../files/office.ts';

const note = { name: 'note.txt', bytes: Buffer.from('The office opens at nine.') };

function read(file: { name: string; bytes: Uint8Array }, limits = standardLimits): Promise<ReadOutcome> {
	return readDocument({ ...file, signal: new AbortController().signal }, { log: silentLogger, limits });
}

async function probe({ isAwaited }: { isAwaited: boolean }) {
	const program = fileURLToPath(new URL('../files/probe.ts', import.meta.url));
	const { command, options } = cageCommand(program, { mostMemoryBytes: standardLimits.mostMemoryBytes, limitMs: 60_000, isAwaited });
	const { stdout } = await promisify(execFile)(...command, options);
	return JSON.parse(stdout);
}

it('may read no file of the machine, write none, start nothing, reach nobody, and knows no variable of the program', async () => {
	const { results, environment } = await probe({ isAwaited: true });
	expect(new Set(Object.values(results))).toEqual(new Set(['refused']));
	expect(Object.keys(results).length).toBeGreaterThan(8);
	expect(environment).not.toContain('PATH');
});

it('gives way to the rest of the machine where nobody waits for it', async () => {
	const [awaited, other] = await Promise.all([probe({ isAwaited: true }), probe({ isAwaited: false })]);
	expect(awaited.niceness).toBe(getPriority());
	expect(other.niceness).toBe(Math.min(getPriority() + 10, constants.priority.PRIORITY_LOW));
});

it('sets aside what seems to hold a secret, unless somebody let it out', async () => {
	const card = { name: 'card.txt', bytes: Buffer.from('4111 1111 1111 1111') };
	expect(await read(card)).toMatchObject({ status: 'rejected', reason: 'quarantine' });
	const options = { ...card, isReleased: true, signal: new AbortController().signal };
	expect(await readDocument(options, { log: silentLogger })).toMatchObject({ status: 'ok', chunks: [{ text: '4111 1111 1111 1111' }] });
});

it('reads a good file while another one is stopped for what it does', async () => {
	// 12 MB of blanks in 12 kB.
	const bomb = { name: 'bomb.docx', bytes: wordFile(`<w:p>${' '.repeat(12 * 2 ** 20)}</w:p>`) };
	const [stopped, good] = await Promise.all([read(bomb), read(note)]);
	expect(stopped).toMatchObject({ status: 'rejected', reason: 'too-large' });
	expect(good).toMatchObject({ status: 'ok', chunks: [{ text: 'The office opens at nine.', context: 'note', page: null }] });
	expect(stopped.peakBytes).toBeLessThan(standardLimits.mostMemoryBytes);
});

describe('a process that goes beyond', () => {
	it('its time is ended', async () => {
		expect(await read(note, { ...standardLimits, firstMs: 1 })).toMatchObject({ status: 'rejected', reason: 'timeout' });
	});

	it('its memory is ended', async () => {
		expect(await read(note, { ...standardLimits, mostMemoryBytes: 2 ** 20 })).toMatchObject({ status: 'rejected', reason: 'too-large' });
	});

	it('its output is ended', async () => {
		expect(await read(note, { ...standardLimits, mostOutputBytes: 10 })).toMatchObject({ status: 'rejected', reason: 'too-large' });
	});
});

it('is ended when nobody wants the file any more', async () => {
	const ended = new AbortController();
	const reading = readDocument({ ...note, signal: ended.signal }, { log: silentLogger });
	ended.abort();
	await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
});

it('is not started for a file that is empty or too large', async () => {
	expect(await read({ name: 'a.txt', bytes: new Uint8Array() })).toMatchObject({ reason: 'empty', peakBytes: 0 });
	expect(await read(note, { ...standardLimits, mostFileBytes: 3 })).toMatchObject({ reason: 'too-large', peakBytes: 0 });
});

it('is told of in the log without a word of the file', async () => {
	const lines: object[] = [];
	const log = { info: (fields: object) => lines.push(fields), warn: (fields: object) => lines.push(fields) };
	await readDocument({ ...note, signal: new AbortController().signal }, { log });
	expect(lines).toEqual([expect.objectContaining({ status: 'ok', chunks: 1, end: 'ended' })]);
	expect(JSON.stringify(lines)).not.toMatch(/office|note/);
});
