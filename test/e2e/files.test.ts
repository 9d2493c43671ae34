/** Files that people share, from the platform's event to what is kept of them. */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { eventually } from './eventually.ts';
import { queryDatabase, sayInTurn } from './observe.ts';
import { deadAreMissed } from './platforms/company.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

describe('a file that is shared on Slack', () => {
	let workplace: Workplace;
	beforeAll(async () => {
		workplace = await openWorkplace({ ollama: { tokensPerSecond: 300 } });
	});
	afterAll(async () => await workplace.close());

	const file = (name: string, content: string) => ({ name, mimetype: 'text/plain', content });
	const line = (channel: string, ts: string, about: string) =>
		eventually(() => workplace.answers(channel, ts).find(({ visibleText }) => visibleText.includes(about)));

	it('in a personal chat is indexed, which one line says, and goes with its message', async () => {
		const { slack, people, environment } = workplace;
		const user = people.lucia;
		const channel = slack.workspace.openDirect(user).id;
		const files = [file('par.txt', 'El par de apriete de la tapa es de 40 Nm.')];
		const { ts } = await slack.say({ user, channel, text: 'guarda esto', files });
		const indexed = await line(channel, ts, spanish.files.indexed(1));
		expect(indexed.visibleText).toContain('par.txt');
		const stored = () => readdir(join(environment['OPENCCB_DATA'] ?? '', 'documents'), { recursive: true, withFileTypes: true });
		const kept = async () => (await stored()).filter((entry) => entry.isFile()).length;
		expect(await kept()).toBe(1);
		await slack.remove({ user, channel, ts });
		await eventually(async () => (await kept()) === 0);
		await eventually(() => workplace.answers(channel, ts).every(({ visibleText }) => !visibleText.includes('par.txt')));
		await eventually(async () => (await queryDatabase(workplace, 'select id from documents')).length === 0);
	});

	it('in a channel is indexed without a word, unless somebody can mend something', async () => {
		const { slack, people, channels } = workplace;
		const files = [file('good.txt', 'Lunch is at one.'), file('bad.txt', '')];
		const { ts } = await slack.say({ user: people.tom, channel: channels.general, text: 'for all', files });
		const told = await line(channels.general, ts, 'bad.txt');
		expect(told.visibleText).toContain(english.files.unread.empty);
		expect(told.visibleText).not.toContain('good.txt');
		await eventually(async () => (await queryDatabase(workplace, `select id from documents where status = 'ready'`)).length === 1);
	});
});

it('ten files come in whole and once, and are told of in one line, when the program is killed at every stage', async () => {
	await using workplace = await openWorkplace({ environment: deadAreMissed });
	const { slack, people } = workplace;
	const user = people.tom;
	const channel = slack.workspace.openDirect(user).id;
	const paragraphs = (number: number) =>
		Array.from({ length: 60 }, (_, at) => `Pump ${number}, part ${at}. ${'It is checked every year by two people. '.repeat(40)}`).join(
			'\n\n',
		);
	const files = Array.from({ length: 10 }, (_, number) => ({
		...{ name: `pump-${number}.txt`, mimetype: 'text/plain' },
		content: paragraphs(number),
	}));
	// Taken in, all of them: Slack sends again for longer than the test waits.
	const ts = await sayInTurn(workplace, { user, channel, text: 'all pumps', files });
	const count = async (sql: string) => (await queryDatabase(workplace, sql)).length;
	for (const reached of [
		'select id from document_placements',
		'select id from documents',
		'select id from chunks limit 1',
		`select id from documents where status = 'ready' limit 1`,
	]) {
		await eventually(async () => (await count(reached)) > 0);
		await workplace.program.kill();
		await workplace.start();
	}
	await eventually(async () => (await count(`select id from documents where status = 'ready'`)) === 10, 120_000);
	expect(await count('select id from documents where chunk_count <> (select count(*) from chunks where document_id = documents.id)')).toBe(
		0,
	);
	// Each of the paragraphs, once.
	expect(await count(`select id from chunks where content like 'Pump %'`)).toBe(600);
	expect(await count('select id from document_placements where attachment is null')).toBe(10);
	// The answer to the message tells of the files as well, below its text.
	const told = () => workplace.answers(channel, ts).filter(({ visibleText }) => /^(?:- )?📎 `pump-0.txt/.test(visibleText));
	await eventually(() => told().some(({ visibleText }) => !visibleText.includes(english.files.reading)), 60_000);
	expect(told()).toHaveLength(1);
}, 300_000);
