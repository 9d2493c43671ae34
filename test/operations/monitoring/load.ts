/** What people do while they are watched: they ask, share a file and find it, rate, reach their limit; a model host fails, Slack refuses, and somebody knocks who is nobody. */

import { eventually } from '#test/e2e/eventually.ts';
import { manual } from '#test/e2e/platforms/shared-files.ts';
import type { VisibleMessage } from '#test/emulators/slack/types.ts';
import type { WatchedCompany } from './watched-company.ts';

/** Some seconds of writing: what is shown of it grows. */
const longAnswer = Array.from({ length: 600 }, (_, index) => `word${index} `);

/** Again and again, since what begins between two scrapes rises for nobody. */
export async function load(company: WatchedCompany): Promise<void> {
	const { slack, user } = company;
	const chat = slack.workspace.openDirect(user).id;
	for (let round = 0; round < 3; round += 1) {
		await share(company, chat, round);
		// Both: else the other one answers.
		for (const host of [company.ollama, company.otherOllama]) host.fail({ kind: 'status', status: 500 });
		for (let question = 0; question < 4; question += 1) await company.ask(`question ${round} ${question}`);
		await settled(company);
		company.ollama.fail({ kind: 'status', status: 500 });
		company.otherOllama.answer({ tokens: longAnswer });
		company.ollama.answer({ tokens: longAnswer });
		for (let question = 0; question < 2; question += 1) await company.ask(`a long answer ${round} ${question}`);
		await settled(company);
		company.otherOllama.answer(undefined);
		company.ollama.answer(undefined);
		slack.fail({ method: 'chat.startStream', kind: '429', retryAfterSeconds: 1 });
		await slack.say({ user, channel: chat, text: '¿Qué hago si suena la sirena?' });
		await rate(company);
		await fetch(`${company.program().address}/slack/events`, { method: 'POST', body: '{}' });
		await settled(company);
		await company.scraped(2);
	}
}

/** As a file that is not known yet. */
async function share({ slack, user }: WatchedCompany, chat: string, round: number): Promise<void> {
	const { mediaType: mimetype, content, name } = manual;
	const file = { name, mimetype, content: Buffer.concat([content, Buffer.from(`\n% ${round}\n`)]) };
	const { ts } = await slack.say({ user, channel: chat, text: 'El manual', files: [file] });
	// Its two pages, and not that it is being read.
	const isRead = ({ ts: at, botId, visibleText }: VisibleMessage) =>
		botId !== undefined && at > ts && /manual\.pdf.*2[^…]*$/.test(visibleText);
	await eventually(() => slack.messages(chat).some(isRead));
}

/** Whichever answer there is to rate. */
async function rate({ slack, user, channels: { general: channel } }: WatchedCompany): Promise<void> {
	const isUp = ({ value }: { value: string }) => value.startsWith('up:');
	const { ts, buttons } = await eventually(() => slack.messages(channel).findLast((message) => message.buttons.some(isUp)));
	const { actionId = '', value = '' } = buttons.find(isUp) ?? {};
	await slack.press({ user, channel, ts, actionId, value });
}

async function settled(company: WatchedCompany): Promise<void> {
	await eventually(async () => (await company.program().metric('openccb_running_turns')) === 0);
}
