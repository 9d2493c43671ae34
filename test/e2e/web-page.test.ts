/** The page of the web in a real browser, before the real program: somebody comes in from their chat and asks; an administrator spends a day there. */

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { patienceMs } from '#test/setup/patience.ts';
import { ensurePage } from '../../scripts/toolchain/page.mjs';
import { launchChromium } from './chromium.ts';
import { manual } from './platforms/shared-files.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
import { linkFromChat } from './web-sign-in.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

/** More than a minute long at this speed: there is time to reload, and to press Stop, on a slow machine too. */
const tokensPerSecond = 40;
const longAnswer = Array.from({ length: 3_000 }, (_, index) => `word${index}`).join(' ');

let workplace: Workplace;
let proxy: TcpProxy;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let address: string;
/** What the browser complained of. */
let complaints: string[];

beforeAll(async () => {
	ensurePage(process.execPath);
	const target = { host: '127.0.0.1', port: 0 };
	proxy = await startTcpProxy(target);
	address = `http://127.0.0.1:${proxy.port}`;
	workplace = await openWorkplace({ start: false, ollama: { tokensPerSecond }, environment: { OPENCCB_PUBLIC_URL: address } });
	workplace.environment['OPENCCB_ADMINS'] = accountOf(workplace.people.lucia);
	await workplace.start();
	target.port = Number(new URL(workplace.program.address).port);
	browser = await launchChromium(inject('chromiumPath'));
});

afterAll(async () => {
	await browser.close();
	await workplace.close();
	await proxy.close();
});

beforeEach(async () => {
	complaints = [];
	context = await browser.newContext({ locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'] });
	context.setDefaultTimeout(patienceMs);
	page = await openTab();
	await signIn();
});

afterEach(async ({ task }) => {
	if (task.result?.state === 'fail') {
		for (const tab of context.pages()) process.stderr.write(`${await tab.locator('body').innerText()}\n`);
		process.stderr.write(`${workplace.program.output().slice(-8_000)}\n`);
	}
	await context.close();
});

function accountOf(user: string): string {
	return `slack:${workplace.slack.teamId}:${user}`;
}

async function openTab(within = context): Promise<Page> {
	const tab = await within.newPage();
	tab.on('pageerror', (error) => complaints.push(String(error)));
	tab.on('console', (message) => void (message.text().includes('Content Security Policy') && complaints.push(message.text())));
	return tab;
}

/** As somebody does who is told of the page in their personal chat. */
async function signIn(): Promise<void> {
	await page.goto(await linkFromChat(workplace.slack, workplace.people.tom));
	await page.getByText('Sign in as tom (Slack) on this device?').waitFor();
	expect(page.url()).toBe(`${address}/`);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByText('Hello, tom.').waitFor();
}

async function ask(text: string, tab = page): Promise<void> {
	await tab.getByLabel('Your question').fill(text);
	await tab.getByLabel('Your question').press('Enter');
}

const answer = (tab = page) => tab.locator('.said.of-bot').last();
const answerText = (tab = page) => answer(tab).locator('.text').innerText();

/** Waits for more of the answer than there is. @returns how long it is then. */
async function grown(tab: Page, than: number): Promise<number> {
	await expect.poll(async () => (await answerText(tab)).length).toBeGreaterThan(than);
	return (await answerText(tab)).length;
}

it('shows an answer growing, through a reload and in a second tab, which stops it for both', async () => {
	workplace.ollama.answer(longAnswer);
	await ask('Tell me all of it');
	const early = await grown(page, 20);
	await page.waitForURL(/\/c\/[0-9a-f-]{36}$/);
	await grown(page, early);
	await page.reload();
	const reloaded = await grown(page, early);
	const second = await openTab();
	await second.goto(page.url());
	await grown(second, reloaded);
	await second.getByRole('button', { name: 'Stop' }).click();
	for (const tab of [page, second]) {
		await answer(tab).getByRole('button', { name: 'Try again' }).waitFor();
		await answer(tab).getByText('Stopped.').waitFor();
	}
	const text = (await answerText()).trim();
	expect(longAnswer.startsWith(text)).toBe(true);
	expect(text.length).toBeLessThan(longAnswer.length);
	expect((await answerText(second)).trim()).toBe(text);
	await page.locator('.conversation[aria-current="page"]', { hasText: 'Tell me all of it' }).waitFor();
	expect(complaints).toEqual([]);
});

it('says that the line is lost, keeps what is asked meanwhile, and is in step again by itself', async () => {
	const text = longAnswer.slice(0, longAnswer.indexOf('word60 '));
	workplace.ollama.answer(text);
	await ask('And the rest?');
	await grown(page, 20);
	await proxy.cut();
	await page.getByText('The line is lost.').waitFor();
	await ask('One more thing');
	await page.getByText('Waiting to be sent…').waitFor();
	await proxy.restore();
	await page.locator('.said.mine', { hasText: 'One more thing' }).waitFor();
	await expect.poll(async () => await page.locator('.said.of-bot .text').allInnerTexts()).toEqual([text.trim(), text.trim()]);
	await expect.poll(async () => await page.getByText('The line is lost.').count()).toBe(0);
	await expect.poll(async () => await page.locator('.said.mine').allInnerTexts()).toHaveLength(2);
});

it('makes elements of Markdown and of nothing else, and gives code as it was written', async () => {
	const code = 'if (a < b) {\n\treturn "<b>ñ</b>";  // 1\n}';
	const hostile =
		'<img src=x onerror=alert(1)> ![pixel](https://evil.example/p.png) [bank.example](https://evil.example/) [x](javascript:alert(1))';
	workplace.ollama.answer(`**Bold** ${hostile}\n\n\`\`\`ts\n${code}\n\`\`\`\n`);
	await ask('Show me code');
	await answer().getByRole('button', { name: 'Good answer' }).waitFor();
	expect(await answer().locator('.text :is(img, script, iframe, style, object)').count()).toBe(0);
	expect(await answer().locator('.text strong').innerText()).toBe('Bold');
	const links = await answer()
		.locator('.text a')
		.evaluateAll((all) => all.map((link) => [link.getAttribute('href'), link.getAttribute('rel')]));
	expect(links.every(([href, rel]) => href?.startsWith('https://evil.example/') && rel === 'noreferrer noopener')).toBe(true);
	await answer().getByText('(evil.example)').first().waitFor();
	expect(await answer().locator('pre code').textContent()).toBe(code);
	await answer().locator('figure').getByRole('button', { name: 'Copy' }).click();
	await answer().locator('figure').getByText('Copied').waitFor();
	expect(await page.evaluate('navigator.clipboard.readText()')).toBe(code);
	const thumb = answer().getByRole('button', { name: 'Good answer' });
	await thumb.click();
	await expect.poll(async () => await thumb.getAttribute('aria-pressed')).toBe('true');
	// What is typed behind a slash is a command, as in the chat: answered privately, and no model is asked.
	const questions = workplace.ollama.requests.length;
	const field = page.getByLabel('Your question');
	await field.fill('/quo');
	await page.getByRole('option', { name: '/ccb quota' }).waitFor();
	await field.press('Enter');
	expect(await field.inputValue()).toBe('/ccb quota');
	await field.press('Enter');
	await page.locator('.notice', { hasText: 'Only for you' }).getByText('employee').waitFor();
	expect(workplace.ollama.requests).toHaveLength(questions);
	expect(complaints).toEqual([]);
});

it('keeps both versions of an answer that was asked for again, what the conversation is called, and nothing of it once it is deleted', async () => {
	workplace.ollama.answer('Perhaps.');
	await ask('Will it rain?');
	await answer().getByText('Perhaps.').waitFor();
	workplace.ollama.answer('Certainly.');
	await answer().getByRole('button', { name: 'Try again' }).click();
	await answer().getByText('Certainly.').waitFor();
	await answer().getByText('2/2').waitFor();
	await answer().getByRole('button', { name: 'Earlier version' }).click();
	await answer().getByText('Perhaps.').waitFor();
	await answer().getByRole('button', { name: 'Bad answer' }).click();
	await answer().getByRole('button', { name: 'Not true' }).click();
	await answer().getByRole('button', { name: 'Send the reason' }).click();
	await answer().getByText('Thank you').waitFor();

	await page.locator('.conversation', { hasText: 'Will it rain?' }).focus();
	await page.keyboard.press('F2');
	await page.getByLabel('New title').fill('Weather');
	const renamed = page.waitForResponse((response) => response.request().method() === 'PATCH');
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: 'Weather' }).waitFor();
	await renamed;
	await page.reload();
	await page.getByLabel('Search conversations').fill('weather');
	await page.getByText('1 conversation found').waitFor({ state: 'attached' });
	await page.locator('.conversation', { hasText: 'Weather' }).focus();
	await page.keyboard.press('Delete');
	await page.getByText('Deleted: “Weather”').waitFor();
	await page.reload();
	await page.getByText('Hello, tom.').waitFor();
	await page.getByLabel('Search conversations').fill('weather');
	await page.getByText('Nothing found.').waitFor();
	expect(complaints).toEqual([]);
});

it('shows what was said in the chat, goes on with it here, and leaves nothing behind after signing out', async () => {
	const { channels, ask: askInSlack, answered, ollama } = workplace;
	ollama.answer('On Friday.');
	await answered(channels.general, await askInSlack('When is the report due?'));
	await page.locator('.conversation', { hasText: 'When is the report due?' }).click();
	await answer().getByText('On Friday.').waitFor();
	await page.getByText('This conversation is held in Slack.').waitFor();
	await page.getByRole('button', { name: 'Continue here' }).click();
	await page.getByText('Goes on with “When is the report due?”').waitFor();
	await page.getByLabel('Your question').fill('half a question');
	await page.getByRole('button', { name: 'Account of' }).click();
	await page.getByRole('menuitem', { name: 'Sign out' }).click();
	await page.getByRole('heading', { name: 'Sign in' }).waitFor();
	expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
	await page.reload();
	await page.getByRole('button', { name: 'Show a code' }).waitFor();
});

it('lets an administrator do a day’s work in Spanish: a colleague, a role, a limit, a model, a stuck file, a wrong answer, the log and the usage', async () => {
	const { slack, people, ollama } = workplace;
	ollama.answer('Según el documento: tarda 40 minutos [1].');
	const chatOf = (user: string) => slack.workspace.openDirect(user).id;
	const give = async (name: string, mimetype: string, content: string | Buffer) => {
		const file = { name, content: Buffer.from(content), mimetype };
		await slack.say({ user: people.tom, channel: chatOf(people.tom), text: 'For later', files: [file] });
	};
	await give(manual.name, manual.mediaType, manual.content);
	await give('keys.txt', 'text/plain', `The old one:\n-----BEGIN ${'PRIVATE'} KEY-----\n`);
	const nora = slack.workspace.addUser({ name: 'nora', realName: 'Nora Vidal', locale: 'es-ES' }).id;
	await slack.say({ user: nora, channel: chatOf(nora), text: 'web' });

	const desk = await browser.newContext({ locale: 'es-ES' });
	desk.setDefaultTimeout(patienceMs);
	const admin = await openTab(desk);
	await admin.goto(await linkFromChat(slack, people.lucia));
	await admin.getByRole('button', { name: 'Iniciar sesión', exact: true }).click();
	await admin.getByText('Hola, lucia.').waitFor();
	await admin.getByRole('button', { name: 'Cuenta de' }).click();
	await admin.getByRole('menuitem', { name: 'Administración' }).click();
	const room = admin.locator('.room-body');
	const go = (name: string) => admin.getByRole('navigation', { name: 'Administración' }).getByRole('link', { name, exact: true }).click();
	const fill = async (form: string, fields: Record<string, string>) => {
		const there = admin.getByRole('form', { name: form, exact: true });
		for (const [label, value] of Object.entries(fields)) await there.getByLabel(label, { exact: true }).fill(value);
		await there.getByRole('button').click();
		return there;
	};

	await go('Roles y límites');
	await (await fill('Crear un rol', { 'Nombre del rol': 'compras' })).getByText('compras').waitFor();
	const limit = admin.getByRole('form', { name: 'Cambiar un límite' });
	await limit.getByLabel('Qué límite').selectOption('requests-per-minute');
	await fill('Cambiar un límite', {
		'Un rol, una cuenta o un nombre entre comillas': 'compras',
		'Cuánto: un número, none o standard': '7',
	});
	await room.getByRole('cell', { name: 'requests-per-minute 7' }).waitFor();
	await go('Personas');
	await admin.getByLabel('Buscar: nombre o cuenta').fill('nora');
	await admin.getByLabel('Rol de nora').selectOption('compras');
	await room.getByRole('status').getByText('compras').waitFor();

	await go('Modelos');
	await admin.getByLabel('Su nombre, como en la biblioteca de Ollama: qwen3:8b').fill('other:1b');
	await admin.getByRole('button', { name: 'Instalar' }).click();
	await room.getByText('other:1b está instalado.').waitFor();
	await room.getByRole('rowheader', { name: 'other:1b' }).waitFor();

	await go('Documentos');
	const secrets = admin.getByRole('button', { name: 'Archivos que parecen contener secretos' });
	await expect
		.poll(async () => {
			await secrets.click();
			return await room.innerText();
		})
		.toMatch(/#\d+ .*UTC/);
	const [, stuck = ''] = /#(\d+) .*UTC/.exec(await room.innerText()) ?? [];
	await (await fill('Liberar un archivo', { 'Número del archivo': stuck })).getByText('ha salido de la cuarentena').waitFor();
	await expect
		.poll(async () => {
			await admin.getByRole('button', { name: 'Mirar de nuevo' }).click();
			return await room.innerText();
		})
		.toMatch(/indexados\s+2/);

	await ask('¿Cuánto tarda el horno en calentarse?');
	await answer().getByRole('button', { name: 'Bad answer' }).click();
	await answer().getByRole('button', { name: 'Not true' }).click();
	await answer().getByRole('button', { name: 'Send the reason' }).click();
	await answer().getByText('Thank you').waitFor();
	await go('Valoraciones');
	await room.getByText(/#\d+: /).waitFor();
	const [, number = ''] = /#(\d+): /.exec(await room.innerText()) ?? [];
	await (await fill('Ver un caso, dejando constancia', { 'Número del caso': number })).getByText('¿Cuánto tarda el horno').waitFor();
	const accepted = { 'Número del caso': number, 'Palabras que la respuesta debería tener': '40 minutos' };
	await (await fill('Convertirlo en caso de prueba', accepted)).getByText('está aceptado').waitFor();

	await go('Registro');
	const why = 'Por qué, en dos palabras o más: queda guardado';
	const read = { 'Una cuenta, o un nombre': accountOf(people.tom), [why]: 'queja de mayo' };
	await (await fill('Leer lo que alguien dijo al bot, dejando constancia: se le muestra', read))
		.getByText('¿Cuánto tarda el horno')
		.waitFor();
	const wanted = { 'Qué tiene la entrada: un nombre, una orden, una cuenta': 'compras', [why]: 'informe del viernes' };
	await (await fill('Buscar en el registro, dejando constancia', wanted)).getByText(/grant.*compras/).waitFor();
	await room.getByText(/audit-find.*informe del viernes/).waitFor();
	for (const noted of ['role-create', 'limit', 'models-pull', 'ingest-release', 'feedback-accept', 'audit']) {
		await room
			.getByText(new RegExp(`: ${noted} \\(`))
			.first()
			.waitFor();
	}
	await go('Uso');
	await admin.getByRole('img', { name: 'Preguntas por día: un gráfico' }).waitFor();
	await desk.close();
	expect(complaints).toEqual([]);
});
