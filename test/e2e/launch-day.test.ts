/** Many who never wrote before ask at once, more than Slack would tell of one by one, and the program is killed among them. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { begun, type Company, openCompany, restart } from './platforms/company.ts';
import { openSlackStage, type SlackStage } from './platforms/slack-stage.ts';
import type { Question, Room } from './platforms/stage.ts';
import { answerText, leaks, question } from './promises.ts';

const newcomers = 40;
/** What Slack tells of single people in a minute, so that one by one they would take four. */
const profilesPerMinute = 10;

describe('forty newcomers and a restart in the middle', () => {
	let company: Company;
	let stage: SlackStage;
	let rooms: Room[];
	const asked: Question[] = [];

	beforeAll(async () => {
		const limits = { 'users.info': { limit: profilesPerMinute, windowMs: 60_000, scope: 'workspace' } } as const;
		const openStage = async () => {
			// Slack comes again for minutes; the program needs seconds to start, and more on a busy machine.
			stage = await openSlackStage({ limits, retryDelaysMs: [200, 1_000, 1_500, 2_000, 3_000, ...Array<number>(8).fill(5_000)] });
			return stage;
		};
		company = await openCompany(openStage, {
			start: false,
			database: 'embedded',
			environment: { OLLAMA_SLOTS: '40' },
			ollama: { tokensPerSecond: 50 },
		});
		company.ollama.answer(answerText(30));
		// They are there before the program is; what they are called is read when it starts.
		rooms = Array.from({ length: newcomers }, () => stage.openRoom('channel'));
		await company.start();
		await askAll(rooms.slice(0, newcomers / 2));
		await begun(company, asked[0] as Question);
		const again = restart(company);
		await askAll(rooms.slice(newcomers / 2));
		await again;
	}, 60_000);
	afterAll(async () => await company.close());

	async function askAll(places: readonly Room[]): Promise<void> {
		asked.push(...(await Promise.all(places.map((room) => stage.ask({ room, text: question(`in ${room.id}`) })))));
	}

	it('leave nobody without an answer, and give nobody two', async () => {
		const isWhole = (one: Question) => stage.answers(one).some(({ isOpen, buttons }) => !isOpen && buttons.includes('up'));
		await eventually(() => asked.every(isWhole), 60_000);
		expect(asked).toHaveLength(newcomers);
		for (const one of asked) expect(stage.answers(one).map(({ text }) => text)).toEqual([answerText(30)]);
	}, 70_000);

	it('are not asked for one by one', () => {
		expect(stage.slack.callsTo('users.info')).toEqual([]);
		expect(stage.slack.callsTo('users.list').length).toBeLessThanOrEqual(4);
	});

	it('leave nothing of what was said in the log', () => {
		expect(leaks(company, stage.secrets())).toEqual([]);
	});
});
