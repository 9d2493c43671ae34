/** What the web gets that no page of ours sends: floods, crawlers at a link that signs in, and pages of others in the browser of somebody who is signed in. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { errorAnswer } from '#src/api/contract/errors.ts';
import { requestKinds } from '#src/limits/request-limits.ts';
import { patienceMs } from '#test/setup/patience.ts';
import { ensurePage } from '../../scripts/toolchain/page.mjs';
import { launchChromium } from './chromium.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
import { linkFromChat } from './web-sign-in.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

/** Each would sign the person out if a cookie were enough. The form's text reads as JSON. */
const attacks: Readonly<Record<string, (address: string) => string>> = {
	form: (address) => `
		<form method="post" enctype="text/plain" action="${address}/api/v1/sign-out"><input name='{"everywhere":true,"a":"' value='"}'></form>
		<script>document.forms[0].submit()</script>`,
	script: (address) => `
		<script>fetch('${address}/api/v1/sign-out', { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{"everywhere":true}' })</script>`,
};

let workplace: Workplace;
let proxy: TcpProxy;
let address: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let evil: Server;

beforeAll(async () => {
	ensurePage(process.execPath);
	const target = { host: '127.0.0.1', port: 0 };
	proxy = await startTcpProxy(target);
	address = `http://127.0.0.1:${proxy.port}`;
	const environment = { OPENCCB_PUBLIC_URL: address, OPENCCB_TRUSTED_PROXIES: '127.0.0.1' };
	workplace = await openWorkplace({ environment });
	target.port = Number(new URL(workplace.program.address).port);
	evil = createServer((request, response) => {
		const attack = attacks[request.url?.slice(1) ?? ''];
		response.writeHead(200, { 'content-type': 'text/html' }).end(attack?.(address) ?? '');
	}).listen(0, '127.0.0.1');
	await once(evil, 'listening');
	browser = await launchChromium(inject('chromiumPath'));
	context = await browser.newContext({ locale: 'en-GB' });
	context.setDefaultTimeout(patienceMs);
	page = await context.newPage();
});

afterAll(async () => {
	await browser.close();
	evil.closeAllConnections();
	evil.close();
	await workplace.close();
	await proxy.close();
});

const formOf = () => attacks['form']?.(address) ?? '';
const isSignedIn = async () => (await page.evaluate(async () => (await fetch('/api/v1/me')).status)) === 200;

async function expectError(answered: Response, status: number): Promise<void> {
	expect(answered.status).toBe(status);
	expect(errorAnswer.strict().safeParse(await answered.json()).success).toBe(true);
}

describe('a link that signs in', () => {
	const press = async (path: string, secret: string) =>
		await fetch(`${address}/api/v1${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', origin: address },
			body: JSON.stringify({ secret }),
		});

	it('is given in the personal chat alone', async () => {
		const { people, channels, answered } = workplace;
		await workplace.ask('web');
		await expect.poll(() => workplace.slack.ephemerals(channels.general, people.tom).length).toBeGreaterThan(0);
		const told = workplace.slack.ephemerals(channels.general, people.tom).map(({ text }) => text);
		workplace.ollama.answer('Hello.');
		await answered(channels.general, await workplace.ask('hello'));
		const said = workplace.slack.messages(channels.general).map(({ text }) => text);
		expect([...told, ...said].join('\n')).not.toContain('enter#');
	});

	it('that was pasted into a channel is opened by crawlers and previews without effect, and signs in once', async () => {
		const link = await linkFromChat(workplace.slack, workplace.people.tom);
		const secret = link.split('#')[1] ?? '';
		await workplace.answered(workplace.channels.general, await workplace.ask(`look: ${link}`));
		for (const method of ['GET', 'HEAD']) {
			for (const agent of ['Slackbot-LinkExpanding 1.0', 'Mozilla/5.0 SkypeUriPreview Preview/0.5', 'Discordbot/2.0']) {
				// What stands behind the # stays with whoever has the link; nothing is kept of one that sends it all the same.
				for (const path of ['/enter', `/enter?${secret}`, `/enter/${secret}`]) {
					const { status, headers } = await fetch(address + path, { method, headers: { 'user-agent': agent } });
					expect([200, 404]).toContain(status);
					expect(headers.get('set-cookie')).toBeNull();
				}
			}
		}
		// Whoever opens it is told whose it is before they press.
		expect(await (await press('/sign-in/link/owner', secret)).json()).toEqual({ name: 'tom', platform: 'slack' });
		await page.goto(link);
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.getByText('Hello, tom.').waitFor();
		await expectError(await press('/sign-in/link', secret), 404);
		await expectError(await press('/sign-in/link/owner', secret), 404);
		expect(workplace.program.output()).not.toContain(secret);
	});
});

describe('a page of somebody else', () => {
	const served = (host: string, attack: string) => `http://${host}:${(evil.address() as AddressInfo).port}/${attack}`;
	it.each([
		{ where: 'at another port of the same host', attack: 'form', open: () => served('127.0.0.1', 'form'), withCookie: true },
		{ where: 'at another port of the same host', attack: 'script', open: () => served('127.0.0.1', 'script'), withCookie: true },
		{ where: 'of another site', attack: 'form', open: () => served('localhost', 'form'), withCookie: false },
		{ where: 'of another site', attack: 'script', open: () => served('localhost', 'script'), withCookie: false },
		{ where: 'without an origin', attack: 'form', open: () => `data:text/html,${encodeURIComponent(formOf())}`, withCookie: false },
	])('$where does nothing in the name of its reader with a $attack', async ({ attack, open, withCookie }) => {
		const tab = await context.newPage();
		const sent = tab.waitForRequest((request) => request.method() === 'POST');
		await tab.goto(open());
		const request = await sent;
		// Null where the browser itself keeps the answer from whoever asked.
		const response = await request.response();
		expect([403, undefined]).toContain(response?.status());
		// The browser takes another port for the same site: a cookie is no sign of our own page. What it kept back it tells less of.
		if (attack === 'form') expect((await request.allHeaders())['cookie'] !== undefined).toBe(withCookie);
		await tab.close();
		expect(await isSignedIn()).toBe(true);
	});
});

it('a flood from one address is refused, and whoever is signed in is answered meanwhile', async () => {
	const sent = 3 * requestKinds.stranger.most;
	const from = (ip: string) => ({ headers: { 'x-forwarded-for': ip, cookie: `ccb=${'A'.repeat(43)}` } });
	const counted = new Map<number, number>();
	let left = sent;
	const flooding = Array.from({ length: 50 }, async () => {
		while (left-- > 0) {
			const { status } = await fetch(`${address}/api/v1/me`, from('192.0.2.1'));
			counted.set(status, (counted.get(status) ?? 0) + 1);
		}
	});
	await expect.poll(() => counted.get(429) ?? 0).toBeGreaterThan(0);
	const text = 'Undisturbed.';
	workplace.ollama.answer(text);
	await page.getByLabel('Your question').fill('Are you there?');
	await page.getByLabel('Your question').press('Enter');
	await page.locator('.said.of-bot .text', { hasText: text }).waitFor();
	await expectError(await fetch(`${address}/api/v1/me`, from('192.0.2.2')), 401);
	await Promise.all(flooding);
	expect([...counted.keys()].toSorted()).toEqual([401, 429]);
	// The minute in which it is counted may end meanwhile.
	expect(counted.get(401)).toBeLessThanOrEqual(2 * requestKinds.stranger.most);
	expect(await isSignedIn()).toBe(true);
});
