/** The real program in a Teams client that we did not write: asked, streamed, cited, rated, asked again. */

import { rm } from 'node:fs/promises';
import Fastify from 'fastify';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { systemClock } from '#src/clock.ts';
import { parseConversationKey } from '#src/platform/place.ts';
import { type OllamaEmulator, startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { makeDatabaseFolder } from '#test/fakes/database-folder.ts';
import { copyTemplate } from '#test/fakes/embedded-template.ts';
import { listed } from '#test/fakes/sources.ts';
import { createTeamsAdapter } from '../../../adapters/teams/index.ts';
import { eventually } from '../eventually.ts';
import { type Program, startProgram } from '../program.ts';
import { type AgentsPlayground, openAgentsPlayground } from './client.ts';

let data: string;
let ollama: OllamaEmulator;
let program: Program;
let playground: AgentsPlayground;
let page: Page;

beforeAll(async () => {
	data = await makeDatabaseFolder();
	await copyTemplate(data);
	ollama = await startOllamaEmulator({ models: [{ name: 'demo:latest' }], tokensPerSecond: 20 });
	const environment = { TEAMS_ANONYMOUS: 'on', OPENCCB_DATA: data, OLLAMA_HOST: ollama.url, OLLAMA_MODEL: 'demo:latest' };
	program = await startProgram(environment);
	playground = await openAgentsPlayground(`${program.address}/teams/messages`, inject('chromiumPath'));
	page = playground.page;
});

afterAll(async () => {
	await playground?.close();
	await program?.kill();
	await ollama?.close();
	await rm(data, { recursive: true, force: true });
});

test('is greeted, asks, sees the answer grow and bear the label of generated text', async () => {
	await page.getByText('Hello, I am OpenCCB.').first().waitFor();
	ollama.answer(`# Travel\n\n${'one **bold** word after the other '.repeat(24)}\n\nThat is **all**.`);
	await say('How does it grow?');
	await page.getByText('one bold word').last().waitFor();
	expect(await page.getByText('That is all.').count()).toBe(0);
	await page.getByText('That is all.').last().waitFor();
	await page.getByText('AI generated').last().waitFor();
	// Its log tells how the answer came: as a stream, closed by a message.
	expect(await page.getByText('typing 202').count()).toBeGreaterThan(1);
});

test('rates the answer, with the reason', async () => {
	await page.getByRole('button', { name: 'Dislike', exact: true }).last().click();
	await page.getByPlaceholder(/as much detail as you can/).fill('Too many bold words.');
	await page.getByRole('button', { name: 'Submit' }).click();
	await page.getByRole('button', { name: 'Close' }).last().click();
	await eventually(async () => (await program.metric('openccb_feedback_total', 'rating="down"')) === 1);
});

test('presses the button of a card to ask again what had failed', async () => {
	ollama.fail({ kind: 'status', status: 500 });
	await say('Will this fail?');
	await page.getByText('I cannot reach the language model right now.').last().waitFor();
	ollama.answer('It did not fail this time.');
	await page.getByRole('button', { name: 'Try again' }).last().click();
	await page.getByText('It did not fail this time.').last().waitFor();
});

test('opens what an answer cites', async () => {
	const asked = program.log.find((line) => line['eventType'] === 'message-received');
	const place = { ...parseConversationKey(String(asked?.['conversationId'])), kind: 'direct' as const, route: playground.serviceUrl };
	const adapter = createTeamsAdapter(
		{ ...anonymous, language: 'en' },
		{
			server: Fastify(),
			clock: systemClock,
			onRejected: () => {},
			onFailed: () => {},
			onHealth: () => {},
		},
	);
	const sources = listed({
		position: 1,
		title: 'Travel policy.pdf',
		url: 'https://files.example.com/travel.pdf',
		excerpt: 'Up to 53 € a day.',
	});
	const message = { text: 'You may spend 53 € a day [1].', buttons: [], replyId: '0b9f6f3c-8a53-8b1e-9d2f-6a1c2f3e4d5a', sources };
	await adapter.post(place, message, AbortSignal.timeout(10_000));
	await page.getByText('You may spend 53 € a day').last().waitFor();
	// The number in the text is a badge.
	await page.getByText('1', { exact: true }).last().hover();
	await page.getByText('Travel policy.pdf').last().waitFor();
	await page.getByText('Up to 53 € a day.').last().waitFor();
});

const anonymous = {
	appId: '',
	appPassword: null,
	appType: 'SingleTenant' as const,
	tenantId: '',
	openIdUrl: 'http://127.0.0.1:1',
	loginUrl: 'http://127.0.0.1:1',
	serviceHosts: [],
	graphUrl: null,
	fileHosts: [],
	anonymous: true,
};

async function say(text: string): Promise<void> {
	await page.locator('[contenteditable=true]').first().click();
	await page.keyboard.type(text);
	await page.keyboard.press('Enter');
}
