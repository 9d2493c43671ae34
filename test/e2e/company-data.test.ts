/** Questions to a company's database in Slack, through the whole program: number, table, receipt, statement and file, and nothing for whoever may not. */

import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { writeCompanyFile } from '#test/connectors/company/open-company.ts';
import type { VisibleMessage } from '#test/emulators/slack/types.ts';
import { eventually } from './eventually.ts';
import { leaks } from './promises.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

describe('a question to the company’s database', () => {
	let workplace: Workplace;
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'openccb-connectors-'));
		writeCompanyFile(join(folder, 'company.sqlite'));
		await copyFile(fileURLToPath(new URL('../connectors/company/company.yaml', import.meta.url)), join(folder, 'company.yaml'));
		workplace = await openWorkplace({ environment: { CONNECTORS: folder }, start: false });
		const { slack } = workplace;
		const ana = slack.workspace.addUser({ name: 'ana', realName: 'Ana Ruiz', locale: 'es-ES' }).id;
		workplace.environment['OPENCCB_ADMINS'] = `slack:${slack.teamId}:${ana}`;
		await workplace.start();
		for (const [order, told] of orders) await ordered(ana, order, told);
	});
	afterAll(async () => {
		expect(leaks(workplace, ['Valencia', 'Zaragoza'])).toEqual([]);
		await workplace.close();
		await rm(folder, { recursive: true, force: true });
	});

	/** The administrator puts the connector to use. */
	const orders = [
		['consultas añadir almacen', /Lo siguiente: consultas probar/],
		['consultas probar almacen', /Lo siguiente: consultas aprobar/],
		['consultas aprobar almacen', /está en uso desde ahora/],
	] as const;

	async function ordered(user: string, text: string, told: RegExp): Promise<void> {
		const { id } = workplace.slack.workspace.openDirect(user);
		await workplace.slack.say({ user, channel: id, text });
		await eventually(() => workplace.slack.messages(id).some(({ botId, visibleText }) => botId !== undefined && told.test(visibleText)));
	}

	/** In their personal chat. @returns the answer, once it is whole: what is asked before in the thread has its buttons already. */
	async function asked(
		user: string,
		text: string,
		{ answers: said, threadTs }: { answers: RegExp; threadTs?: string },
	): Promise<VisibleMessage> {
		const { slack } = workplace;
		const { id } = slack.workspace.openDirect(user);
		const { ts } = await slack.say({ user, channel: id, text, ...(threadTs === undefined ? {} : { threadTs }) });
		const isWhole = ({ buttons, visibleText }: VisibleMessage) =>
			said.test(visibleText) && buttons.some(({ actionId }) => actionId === 'openccb_retry');
		return await eventually(() => workplace.answers(id, threadTs ?? ts).find(isWhole));
	}

	const press = async (user: string, { channel, ts, buttons }: VisibleMessage, actionId: string) => {
		const value = buttons.find((button) => button.actionId === actionId)?.value ?? '';
		return await workplace.slack.press({ user, channel, ts, actionId, value });
	};

	it('that is verified is answered without a model, with its statement and file on request', async () => {
		const { people, slack, ollama } = workplace;
		const chats = ollama.requests.filter(({ path }) => path === '/api/chat').length;
		const answer = await asked(people.lucia, '¿Cuántas bombas hay en Valencia?', { answers: /> 1 fila/ });
		expect(answer.visibleText).toMatch(
			/\(familia: bomba, ciudad: Valencia\): \*\*\d+\*\*\n\n\| unidades \|\n\| ---: \|\n\| \d+ \|\n\n> 1 fila · datos del /,
		);
		expect(ollama.requests.filter(({ path }) => path === '/api/chat')).toHaveLength(chats);
		expect(answer.buttons.map(({ label }) => label)).toEqual(
			expect.arrayContaining([spanish.companyData.button.sql, spanish.companyData.button.csv]),
		);
		const shown = await press(people.lucia, answer, 'openccb_sql');
		expect(await eventually(() => shown.responses.at(-1)?.text)).toContain('SELECT SUM(');
		await press(people.lucia, answer, 'openccb_csv');
		const files = await eventually(() => {
			const found = slack.messages(answer.channel, { threadTs: answer.threadTs ?? answer.ts }).flatMap((message) => message.files);
			return found.length > 0 ? found : undefined;
		});
		expect(files).toMatchObject([{ name: expect.stringMatching(/^almacen-.*\.csv$/) }]);
		const threadTs = answer.threadTs ?? answer.ts;
		await asked(people.lucia, '¿Y en Sevilla?', { answers: /\(familia: bomba, ciudad: Sevilla\): \*\*\d+/, threadTs });
	});

	it('that a model writes a statement for has a sentence, a table, a chart and a receipt', async () => {
		const answer = await asked(workplace.people.lucia, '¿Qué almacén tiene más unidades?', { answers: /> 5 filas/ });
		expect(answer.visibleText).toMatch(/^El primero es [^|]+, con \d+\.\n\n\| ciudad \| unidades \|/);
		expect(answer.visibleText).toContain('█');
		expect(answer.visibleText).toContain('> 5 filas · datos del ');
		expect(answer.visibleText).toContain('consulta escrita por el modelo demo:latest');
	});

	it('about what their role may not see is answered as if there were no such thing', async () => {
		const answer = await asked(workplace.people.tom, 'How many orders are there?', { answers: /\w/ });
		expect(answer.visibleText).toBe(english.companyData.notForYou);
	});

	it('in a channel with a guest is answered to its asker alone', async () => {
		const { slack, people, channels, ask } = workplace;
		const ts = await ask('How many water pumps are there in Valencia?');
		await eventually(() =>
			workplace.answers(channels.general, ts).some(({ visibleText }) => visibleText === english.companyData.privately),
		);
		const offer = await eventually(() => slack.ephemerals(channels.general, people.tom).at(-1));
		expect(offer.text).toBe(english.companyData.privatelyOffer);
	});
});
