/** `npm run eval` as a process, against the emulated models: what is asked, and that whatever got worse is seen. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createConversationStore } from '#src/history/store.ts';
import { documentNumber } from '#src/knowledge/shelf/matching.ts';
import { english } from '#src/locales/english.ts';
import { foundCompany } from '#test/administration/company.ts';
import { readSet } from '#test/bench/knowledge/read-set.ts';
import { newPerson, newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { type OllamaEmulator, startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { openEmbeddedDatabase, openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createChannel, enterDocument } from '#test/fakes/documents.ts';
import { sourceOf } from '#test/fakes/sources.ts';
import { bareEnvironment } from '#test/setup/bare-environment.ts';

const { evaluation: words } = english;
const set = join(import.meta.dirname, 'set');

async function evaluate(environment: Record<string, string>, ...typed: string[]) {
	const child = spawn(process.execPath, ['scripts/eval/main.ts', ...typed], {
		env: { ...bareEnvironment(), ...environment },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
	return { code, output, errors: errors.trimEnd() };
}

describe('an evaluation', () => {
	let opened: TestDatabase;
	let ollama: OllamaEmulator;
	let folder: string;
	let environment: Record<string, string>;
	beforeAll(async () => {
		opened = await openServerDatabase();
		ollama = await startOllamaEmulator();
		folder = await mkdtemp(join(tmpdir(), 'openccb-eval-'));
		environment = { DATABASE_URL: opened.settings.url ?? '', OLLAMA_HOST: ollama.url, OLLAMA_MODEL: 'demo' };
		for (const { title, text: said } of (await readSet(set)).passages)
			await enterDocument(opened.database, { name: title, texts: [said], channelId: null });
	});
	afterAll(async () => {
		await ollama.close();
		await opened.close();
		await rm(folder, { recursive: true });
	});
	const fileOf = (name: string) => join(folder, `${name}.json`);

	it('asks each case of what the company may read, and shows what fails now and passed before', async () => {
		const first = await evaluate(environment, '--set', set, '--out', fileOf('first'));
		expect(first).toMatchObject({ code: 0, errors: '' });
		expect(first.output.split('\n')).toEqual([
			...['leave', 'alarm', 'shipping', 'moon'].map((id) => `${id}: ${words.passed}`),
			words.summary(4, 4),
			words.written(fileOf('first')),
			'',
		]);
		const kept = await readFile(fileOf('first'), 'utf8');
		expect(JSON.parse(kept).with).toMatchObject({ model: 'demo', digest: expect.any(String), prompt: expect.stringMatching(/^\w{12}$/) });
		expect(kept).not.toMatch(/sirena|holiday/);

		// A model that gets a figure wrong, as one that was changed may.
		ollama.answer(() => 'Everybody has 26 days of holiday a year [1].');
		const worse = await evaluate(environment, '--set', set, '--against', fileOf('first'), '--out', fileOf('worse'));
		ollama.answer(undefined);
		expect(worse.code).toBe(1);
		expect(worse.output).toContain(`leave: ${words.failed([words.check.citations, words.check.words].join('; '))}`);
		expect(worse.output).toContain(words.regressions);

		const better = await evaluate(environment, '--set', set, '--against', fileOf('worse'), '--out', fileOf('better'));
		expect(better).toMatchObject({ code: 0, output: expect.stringContaining(words.improvements) });
		expect(better.output).toContain(words.same);
	});

	it('asks what administrators accepted, in nobody’s channel, and without a model looks at what is found alone', async () => {
		const { database } = opened;
		const company = await foundCompany(database);
		const ana = await newPerson(database);
		const place = newPlace();
		const store = createConversationStore(database);
		const wrong = async (messageId: string, asked: string) => {
			const { id } = await say(database, ana, questionIn(place, messageId, asked), 'No idea [1].');
			await store.update(ana, id, { status: 'answered', sources: [sourceOf()] });
			await store.rate(ana, { id, sources: [] }, { rating: -1, comment: null });
		};
		// Whoever evaluates does not read what was shared with some.
		const channelId = await createChannel(database, [ana], place);
		await enterDocument(database, { name: 'gate.md', texts: ['The gate code of the warehouse is 4711.'], channelId });
		await wrong('1', 'What is the gate code of the warehouse?');
		await wrong('2', '¿Qué hago si suena la sirena?');
		const [placed] = await company.rows<{ id: string }>(`select id from document_placements where name = 'emergencia.md'`);
		const numbers = (await company.rows<{ number: number }>('select number from feedback_cases order by number')).map((row) => row.number);
		await company.command(`feedback accept ${numbers[0]} nothing`);
		await company.command(`feedback accept ${numbers[1]} ${documentNumber(placed?.id ?? '')} with "puerta norte"`);

		const whole = await evaluate(environment, '--out', fileOf('cases'));
		expect(whole.output).toContain(numbers.map((number) => `#${number}: ${words.passed}\n`).join(''));
		const away = { ...environment, OLLAMA_MODEL: 'missing' };
		const found = await evaluate(away, '--out', fileOf('found'), '--against', fileOf('cases'));
		expect(found).toMatchObject({ code: 0, output: expect.stringContaining(words.noModel('model-missing')) });
		expect(found.output).toContain(words.summary(2, 2));
		expect(JSON.parse(await readFile(fileOf('found'), 'utf8')).cases).toEqual({
			[`#${numbers[0]}`]: { abstention: true },
			[`#${numbers[1]}`]: { retrieval: true },
		});
	});
});

it('says so where the running program has the embedded database', async () => {
	const opened = await openEmbeddedDatabase();
	onTestFinished(() => opened.remove());
	const environment = { OPENCCB_DATA: opened.settings.dataFolder };
	expect(await evaluate(environment)).toEqual({ code: 1, output: '', errors: words.inUse });
	await opened.database.close();
	expect(await evaluate(environment, '--retrieval')).toEqual({ code: 0, output: `${words.noCases}\n`, errors: '' });
});
