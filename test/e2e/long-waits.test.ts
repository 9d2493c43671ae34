/** What only a long wait shows: a model that says nothing, and a workspace that takes no more posts in this minute. They wait side by side. */

import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import type { FailureKind } from '#test/emulators/ollama/types.ts';
import { eventually } from './eventually.ts';
import { expectGoodManners, type OpenStage, openCompany, whole } from './platforms/company.ts';
import { openDiscordStage } from './platforms/discord-stage.ts';
import { openSlackStage, type SlackStage } from './platforms/slack-stage.ts';
import type { Question } from './platforms/stage.ts';
import { openTeamsStage } from './platforms/teams-stage.ts';
import { answerText, leaks, question, settled } from './promises.ts';

const { silent, paused } = english.notice;

const silences: readonly [failure: FailureKind, notice: string, stopped: RegExp][] = [
	['stall-before-headers', silent(15), /^⏹️ Stopped\.$/],
	['stall-between-tokens', paused(15), /^quokka0 .*Stopped\.$/s],
];

describe.concurrent('a model that says nothing, before an answer and within one', () => {
	it.each<[name: string, openStage: OpenStage]>([
		['Teams', openTeamsStage],
		['Discord', openDiscordStage],
	])(
		'on %s: after 15 s people read so in the place of the answer, and can stop it',
		async (_name, openStage) => {
			await using company = await openCompany(openStage);
			const { stage, ollama } = company;
			ollama.answer(answerText(60));
			for (const [failure, notice, stopped] of silences) {
				ollama.fail({ kind: failure, afterTokens: 40 });
				const asked = await stage.ask({ room: stage.openRoom('channel'), text: question(failure) });
				await eventually(() => stage.answers(asked).some(({ text, isOpen }) => isOpen && text.includes(notice)));
				await stage.stop(asked, asked.user);
				const answers = await whole(company, asked);
				expect(answers).toMatchObject([{ text: expect.stringMatching(stopped), buttons: ['retry'] }]);
			}
			expectGoodManners(company);
		},
		100_000,
	);
});

/** More than Slack promises at least, so that a refusal is a lesson (`slackCapabilities`, promised). */
const postsInMinute = 110;
/** Twice as many wait for the next minute as may be on their way when the first one is refused (`slackCapabilities`, posts of the workspace). */
const mostRefusals = 20;
const people = postsInMinute + 2 * mostRefusals;

describe.concurrent('people who ask in more channels at once than the workspace takes posts in a minute', () => {
	it('are all answered whole, once, and the first refusals teach the limit to all channels', async () => {
		const together = { limit: postsInMinute, windowMs: 60_000 };
		const limits = { 'chat.postMessage': { limit: 1, windowMs: 1_000, scope: 'channel', burst: 5, together } } as const;
		const ollama = { parallel: people, tokensPerSecond: 2_000 };
		await using company = await openCompany(() => openSlackStage({ limits }), {
			ollama,
			environment: { OLLAMA_SLOTS: String(people) },
			start: false,
		});
		const stage = company.stage as SlackStage;
		const text = answerText(8);
		company.ollama.answer(text);
		// They are there before the program is, which knows them from the start.
		const rooms = Array.from({ length: people }, () => stage.openRoom('channel'));
		await company.start();
		const asked = await Promise.all(rooms.map((room) => stage.ask({ room, text: question(`in ${room.id}`) })));
		const isWhole = (one: Question) => stage.answers(one).some(({ isOpen, buttons }) => !isOpen && buttons.includes('up'));
		for (const one of asked) await eventually(() => isWhole(one), 200_000);
		await settled(company.program);
		for (const one of asked) expect(stage.answers(one).map((answer) => answer.text)).toEqual([text]);
		const posts = stage.slack.callsTo('chat.postMessage');
		const refused = stage.refusedCalls();
		expect(refused).toBe(posts.filter(({ httpStatus }) => httpStatus === 429).length);
		expect(refused).toBeGreaterThan(0);
		expect(refused).toBeLessThanOrEqual(mostRefusals);
		expect(leaks(company, stage.secrets())).toEqual([]);
	}, 300_000);
});
