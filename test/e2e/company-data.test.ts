/** Questions to a company's database in Slack, through the whole program: number, table, receipt, statement and file, and nothing for whoever may not. */

import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { fillCommissions } from '#test/connectors/company/commissions.ts';
import { writeCompanyFile } from '#test/connectors/company/open-company.ts';
import { defaultScopes } from '#test/emulators/slack/scopes.ts';
import type { VisibleMessage } from '#test/emulators/slack/types.ts';
import { createServerDatabase } from '#test/fakes/database.ts';
import { eventually } from './eventually.ts';
import { leaks } from './promises.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

describe('a question to the company’s database', () => {
	let workplace: Workplace;
	let folder: string;
	let target: Awaited<ReturnType<typeof createServerDatabase>>;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'openccb-connectors-'));
		writeCompanyFile(join(folder, 'company.sqlite'));
		await copyFile(fileURLToPath(new URL('../connectors/company/company.yaml', import.meta.url)), join(folder, 'company.yaml'));
		target = await createServerDatabase(inject('postgresUrl'));
		const commissions = [
			{ email: 'lucia@example.test', amount: 300 },
			{ email: 'lucia@example.test', amount: 112 },
			{ email: 'tom@example.test', amount: 75 },
		];
		await writeFile(join(folder, 'comisiones.yaml'), await fillCommissions(target.url, commissions));
		workplace = await openWorkplace({ environment: { CONNECTORS: folder }, start: false });
		const { slack } = workplace;
		slack.setScopes([...defaultScopes, 'users:read.email']);
		const ana = slack.workspace.addUser({ name: 'ana', realName: 'Ana Ruiz', locale: 'es-ES' }).id;
		workplace.environment['OPENCCB_ADMINS'] = `slack:${slack.teamId}:${ana}`;
		await workplace.start();
		await ordered(ana, `admin match slack:${slack.teamId} example.test`, /example\.test/);
		for (const [order, told] of orders) await ordered(ana, order, told);
	});
	afterAll(async () => {
		expect(leaks(workplace, ['Valencia', 'Zaragoza'])).toEqual([]);
		await workplace.close();
		await target.drop();
		await rm(folder, { recursive: true, force: true });
	});

	/** The administrator puts the connectors to use. */
	const orders = ['almacen', 'comisiones'].flatMap((name) => [
		[`consultas añadir ${name}`, new RegExp(`Lo siguiente: consultas probar ${name}`)] as const,
		[`consultas probar ${name}`, new RegExp(`Lo siguiente: consultas aprobar ${name}`)] as const,
		[`consultas aprobar ${name}`, new RegExp(`«${name}» está en uso desde ahora`)] as const,
	]);

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

	it('shows each person their own rows where the database tells people apart, and nobody’s in a channel', async () => {
		const { people, slack, ask } = workplace;
		const lucia = await asked(people.lucia, '¿Cuánta comisión tengo?', { answers: /> 1 fila/ });
		expect(lucia.visibleText).toMatch(/\*\*412\*\*[\s\S]*solo las filas que tú puedes ver/);
		const tom = await asked(people.tom, 'How much commission do I have?', { answers: /> 1 row/ });
		expect(tom.visibleText).toMatch(/\*\*75\*\*[\s\S]*only rows that you may see/);
		const { id: channel } = slack.workspace.addChannel({ name: 'sellers', members: [people.lucia, people.tom] });
		const ts = await ask('How much commission do I have?', { channel });
		await eventually(() => workplace.answers(channel, ts).some(({ visibleText }) => visibleText === english.companyData.privately));
	});

	it('that is called by its name is answered as one in other words is', async () => {
		const answer = await asked(workplace.people.lucia, 'consultas preguntar unidades-en-almacen familia=bomba ciudad=Sevilla', {
			answers: /\(familia: bomba, ciudad: Sevilla\): \*\*\d+[\s\S]*> 1 fila · datos del /,
		});
		expect(answer.buttons.map(({ label }) => label)).toEqual(
			expect.arrayContaining([spanish.companyData.button.sql, spanish.companyData.button.csv]),
		);
	});
});
